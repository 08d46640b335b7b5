package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApiTokenAdmin;
import org.mailroom.admin.ApiTokenInfo;
import org.mailroom.admin.Created;
import org.mailroom.admin.NewApiToken;
import org.mailroom.admin.Page;
import org.mailroom.admin.Role;

/** Tokens with which programs ask this API, of everybody. */
@Path("tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {
    @Inject
    private ApiTokenAdmin admin;

    @GET
    public Page<ApiTokenInfo> list(
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return admin.all(Paging.offset(offset), Paging.limit(limit));
    }

    /** The answer holds the token, this once; {@code owner} is the account in whose name it asks. */
    @POST
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({
        "owner text = ann@example.test",
        "name text = backup",
        "role text = user",
        "domain? text",
        "readOnly? truth = true",
        "days? number = 90"
    })
    @Answers(value = Created.class, status = 201)
    public Response add(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var made = admin.add(Bodies.text(wish, "owner").strip(), wish(wish));
        return Response.status(201).entity(made).build();
    }

    @DELETE
    @Path("{id: [0-9]{1,18}}")
    public void remove(@PathParam("id") long id) throws AdminException {
        admin.remove(id);
    }

    static NewApiToken wish(JsonObject body) {
        var days = body.containsKey("days") ? Bodies.limit(body, "days") : null;
        return new NewApiToken(
                Bodies.text(body, "name"),
                Bodies.text(body, "role").strip(),
                Objects.requireNonNullElse(Bodies.optionalText(body, "domain"), ""),
                body.containsKey("readOnly") && Bodies.truth(body, "readOnly"),
                days == null ? NewApiToken.DAYS : (int) Math.clamp(days, -1, Integer.MAX_VALUE));
    }
}
