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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;
import org.mailroom.admin.RouteAdmin;
import org.mailroom.admin.RouteInfo;
import org.mailroom.admin.RouteOutlook;

/** Where mail for a domain goes, instead of its MX. */
@Path("routes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RoutesResource {
    @Inject
    private RouteAdmin admin;

    @GET
    public List<RouteInfo> list() {
        return admin.routes();
    }

    /**
     * Adds the route of a domain, or puts another in its place.
     *
     * @param sender whose mail takes it; empty: everybody's
     */
    @PUT
    @Path("{domain}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"target? text = smtp://192.0.2.1:25", "tls? text = may", "login? text", "hold? text", "password? text"})
    @Answers(RouteInfo.class)
    public Response put(
            @PathParam("domain") String domain,
            @QueryParam("sender") @DefaultValue("") String sender,
            @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        var wanted = new RouteInfo(
                domain,
                sender,
                or(wish, "target", ""),
                or(wish, "tls", "may"),
                or(wish, "login", ""),
                or(wish, "hold", ""));
        boolean added = admin.put(wanted, Bodies.optionalText(wish, "password"));
        return Response.status(added ? 201 : 200).entity(wanted).build();
    }

    private static String or(JsonObject wish, String field, String otherwise) {
        var text = Bodies.optionalText(wish, field);
        return text == null ? otherwise : text.strip();
    }

    /** Where mail for a domain would go right now. */
    @GET
    @Path("{domain}/outlook")
    public RouteOutlook explain(
            @PathParam("domain") String domain, @QueryParam("sender") @DefaultValue("") String sender)
            throws AdminException {
        return admin.explain(domain, sender);
    }

    /** @param sender whose route; empty: that for everybody */
    @DELETE
    @Path("{domain}")
    public void remove(@PathParam("domain") String domain, @QueryParam("sender") @DefaultValue("") String sender)
            throws AdminException {
        admin.remove(domain, sender);
    }
}
