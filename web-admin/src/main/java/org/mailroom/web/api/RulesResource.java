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
import org.mailroom.admin.DeliveryRuleInfo;
import org.mailroom.admin.DestinationAdmin;
import org.mailroom.admin.Role;

/** How mail for a domain is sent, where it is not as the settings say. */
@Path("rules")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RulesResource {
    @Inject
    private DestinationAdmin admin;

    @GET
    public List<DeliveryRuleInfo> list() {
        return admin.rules();
    }

    /** Adds the rule of a domain, or puts another in its place. */
    @PUT
    @Path("{domain}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({
        "firstRetry? text",
        "longestRetry? text",
        "expire? text",
        "notice? text",
        "concurrency? text = 1",
        "perMinute? text",
        "tls? text"
    })
    @Answers(DeliveryRuleInfo.class)
    public Response put(@PathParam("domain") String domain, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var rule = new DeliveryRuleInfo(
                domain,
                or(wish, "firstRetry"),
                or(wish, "longestRetry"),
                or(wish, "expire"),
                or(wish, "notice"),
                or(wish, "concurrency"),
                or(wish, "perMinute"),
                or(wish, "tls"));
        return Response.status(admin.put(rule) ? 201 : 200).entity(rule).build();
    }

    private static String or(JsonObject wish, String field) {
        var text = Bodies.optionalText(wish, field);
        return text == null ? "" : text.strip();
    }

    @DELETE
    @Path("{domain}")
    public void remove(@PathParam("domain") String domain) throws AdminException {
        admin.removeRule(domain);
    }
}
