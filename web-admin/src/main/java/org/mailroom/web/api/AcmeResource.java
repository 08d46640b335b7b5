package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AcmeAdmin;
import org.mailroom.admin.AcmeInfo;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;

/** Certificates from an authority that gives them by itself (ACME). */
@Path("certificates/acme")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AcmeResource {
    @Inject
    private AcmeAdmin admin;

    @GET
    public AcmeInfo state() {
        return admin.state();
    }

    /** Asks the authority what it wants to be agreed to; nothing is ordered yet. Without {@code names}, the server's own. */
    @PUT
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({
        "directory text = https://localhost:14000/dir",
        "contact? text = postmaster@example.test",
        "names? texts = mail.example.test",
        "agreed? truth = true"
    })
    public AcmeInfo put(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        return admin.put(
                Bodies.text(wish, "directory"),
                Objects.requireNonNullElse(Bodies.optionalText(wish, "contact"), ""),
                Bodies.texts(wish, "names"),
                wish.containsKey("agreed") && Bodies.truth(wish, "agreed"));
    }

    /** Nothing is ordered any more; what was given is shown on. */
    @DELETE
    public void remove() throws AdminException {
        admin.remove();
    }

    /** Begins an order; how it goes is told by {@code GET /certificates/acme}. */
    @POST
    @Path("orders")
    @Answers(value = AcmeInfo.class, status = 202)
    public Response order() throws AdminException {
        return Response.accepted(admin.order()).build();
    }
}
