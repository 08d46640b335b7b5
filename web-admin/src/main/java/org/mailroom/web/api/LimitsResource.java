package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.LimitAdmin;
import org.mailroom.admin.LimitInfo;
import org.mailroom.admin.Role;

/** What accounts, domains and tenants may use. */
@Path("limits")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LimitsResource {
    @Inject
    private LimitAdmin admin;

    @GET
    public List<LimitInfo> list() {
        return admin.limits();
    }

    /** The limits that the body names hold from now on, and no others. */
    @PUT
    @Path("{of: .+}")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"octets? number", "messages? number", "messageOctets? number", "recipients? number"})
    @Answers(LimitInfo.class)
    public Response put(@PathParam("of") String of, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var recipients = limit(wish, "recipients");
        var limit = LimitInfo.wish(
                of,
                limit(wish, "octets"),
                limit(wish, "messages"),
                limit(wish, "messageOctets"),
                recipients == null ? null : (int) Math.clamp(recipients, -1, Integer.MAX_VALUE));
        return Response.status(admin.put(limit) ? 201 : 200).entity(limit).build();
    }

    /** None holds any more. */
    @DELETE
    @Path("{of: .+}")
    @Consumes(MediaType.WILDCARD)
    public void remove(@PathParam("of") String of) throws AdminException {
        admin.put(LimitInfo.wish(of, null, null, null, null));
    }

    private static @Nullable Long limit(JsonObject wish, String field) {
        return wish.containsKey(field) ? Bodies.limit(wish, field) : null;
    }
}
