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
import org.mailroom.admin.ApiTokenAdmin;
import org.mailroom.admin.ApiTokenInfo;
import org.mailroom.admin.Created;
import org.mailroom.admin.Role;

/** Tokens with which programs of whoever asks use this API. */
@Path("self/tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OwnTokensResource {
    @Inject
    private ApiTokenAdmin admin;

    @GET
    public List<ApiTokenInfo> own() throws AdminException {
        return admin.own();
    }

    /** The answer holds the token, this once. */
    @POST
    @RolesAllowed(Role.USER)
    @Takes({"name text = backup", "role text = user", "domain? text", "readOnly? truth = true", "days? number = 90"})
    @Answers(value = Created.class, status = 201)
    public Response addOwn(@Nullable JsonStructure body) throws AdminException {
        return Response.status(201)
                .entity(admin.addOwn(TokensResource.wish(Bodies.object(body))))
                .build();
    }

    @DELETE
    @Path("{id: [0-9]{1,18}}")
    public void removeOwn(@PathParam("id") long id) throws AdminException {
        admin.removeOwn(id);
    }
}
