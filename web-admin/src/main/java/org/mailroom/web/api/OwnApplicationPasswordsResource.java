package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApplicationPasswordAdmin;
import org.mailroom.admin.ApplicationPasswordInfo;
import org.mailroom.admin.Created;
import org.mailroom.admin.Role;

/** Passwords of programs of whoever asks. */
@Path("self/application-passwords")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OwnApplicationPasswordsResource {
    @Inject
    private ApplicationPasswordAdmin admin;

    @GET
    public List<ApplicationPasswordInfo> own() throws AdminException {
        return admin.own();
    }

    /** The answer holds the password, this once. */
    @POST
    @RolesAllowed(Role.USER)
    @Takes({"name text = phone", "services? texts = imap, smtp", "days? number = 90"})
    @Answers(value = Created.class, status = 201)
    public Response addOwn(@Nullable JsonStructure body) throws AdminException {
        return Response.status(201)
                .entity(admin.addOwn(ApplicationPasswordsResource.wish(Bodies.object(body))))
                .build();
    }

    @DELETE
    @Path("{id: [0-9]{1,18}}")
    public void removeOwn(@PathParam("id") long id) throws AdminException {
        admin.removeOwn(id);
    }
}
