package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
    @POST
    @Takes({
        "domain text = example.test",
        "pattern text = sales-*",
        "target text = ann@example.test",
        "regular? truth",
        "rank? number"
    })
    @Answers(RewriteInfo.class)
    public Response put(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var rank = wish.containsKey("rank") ? Bodies.limit(wish, "rank") : null;
        var rewrite = new RewriteInfo(
                Bodies.text(wish, "domain").strip(),
                Bodies.text(wish, "pattern").strip(),
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
