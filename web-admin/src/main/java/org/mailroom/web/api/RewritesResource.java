package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.RewriteAdmin;
import org.mailroom.admin.RewriteInfo;
import org.mailroom.admin.Role;

/** Where mail for addresses goes that nobody has, by their form. */
@Path("rewrites")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RewritesResource {
    @Inject
    private RewriteAdmin admin;

    @GET
    public List<RewriteInfo> list() {
        return admin.rewrites();
    }

    /** Adds one, or has it lead elsewhere. */
    @PUT
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"target text = ann@example.test", "regular? truth", "rank? number"})
    @Answers(RewriteInfo.class)
    public Response put(
            @QueryParam("domain") @DefaultValue("") String domain,
            @QueryParam("pattern") @DefaultValue("") String pattern,
            @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        var rank = wish.containsKey("rank") ? Bodies.limit(wish, "rank") : null;
        var rewrite = new RewriteInfo(
                domain,
                pattern,
                wish.containsKey("regular") && Bodies.truth(wish, "regular"),
                Bodies.text(wish, "target").strip(),
                rank == null ? null : (int) Math.clamp(rank, -1, Integer.MAX_VALUE));
        return Response.status(admin.put(rewrite) ? 201 : 200).entity(rewrite).build();
    }

    @DELETE
    @Consumes(MediaType.WILDCARD)
    public void remove(
            @QueryParam("domain") @DefaultValue("") String domain,
            @QueryParam("pattern") @DefaultValue("") String pattern)
            throws AdminException {
        admin.remove(domain, pattern);
    }
}
