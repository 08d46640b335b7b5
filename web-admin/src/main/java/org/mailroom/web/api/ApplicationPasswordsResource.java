package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApplicationPasswordAdmin;
import org.mailroom.admin.ApplicationPasswordInfo;
import org.mailroom.admin.Created;
import org.mailroom.admin.NewApplicationPassword;
import org.mailroom.admin.Role;

/** Passwords of programs of an account. */
@Path("accounts/{address: [^@]+(?:@|%40)[^/@]+}/application-passwords")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApplicationPasswordsResource {
    @Inject
    private ApplicationPasswordAdmin admin;

    @GET
    public List<ApplicationPasswordInfo> of(@PathParam("address") String address) throws AdminException {
        return admin.of(address);
    }

    @POST
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK})
    @Takes({"name text = phone", "services? texts = imap, smtp", "days? number = 90"})
    @Answers(value = Created.class, status = 201)
    public Response add(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        return Response.status(201)
                .entity(admin.add(address, wish(Bodies.object(body))))
                .build();
    }

    @DELETE
    @Path("{id: [0-9]{1,18}}")
    public void remove(@PathParam("address") String address, @PathParam("id") long id) throws AdminException {
        admin.remove(address, id);
    }

    static NewApplicationPassword wish(JsonObject body) {
        var days = body.containsKey("days") ? Bodies.limit(body, "days") : null;
        return new NewApplicationPassword(
                Bodies.text(body, "name"),
                Set.copyOf(Bodies.texts(body, "services")),
                days == null ? 0 : (int) Math.clamp(days, -1, Integer.MAX_VALUE));
    }
}
