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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DryRun;
import org.mailroom.admin.Role;
import org.mailroom.admin.RuleAdmin;
import org.mailroom.admin.RuleInfo;

/** Rules on mail. */
@Path("policy/rules")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicyRulesResource {
    @Inject
    private RuleAdmin admin;

    @GET
    public List<RuleInfo> list() {
        return admin.rules();
    }

    /** Adds a rule, or puts another in its place. */
    @PUT
    @Path("{name}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({
        "position? number = 100",
        "enabled? truth = false",
        "action text = junk",
        "conditions texts = sender is pest.test",
        "reason? text = No pests"
    })
    @Answers(RuleInfo.class)
    public Response put(@PathParam("name") String name, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var position = wish.containsKey("position") ? Bodies.limit(wish, "position") : null;
        var reason = Bodies.optionalText(wish, "reason");
        var wanted = new RuleInfo(
                name,
                position == null ? RuleInfo.POSITION : Math.clamp(position, 0, 1_000_000),
                !wish.containsKey("enabled") || Bodies.truth(wish, "enabled"),
                Bodies.text(wish, "action").strip(),
                Bodies.texts(wish, "conditions"),
                reason == null ? "" : reason.strip());
        boolean added = admin.put(wanted);
        return Response.status(added ? 201 : 200).entity(wanted).build();
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name) throws AdminException {
        admin.remove(name);
    }

    /** What a rule would have done to the mail of the last days. */
    @GET
    @Path("{name}/dry-run")
    public DryRun dryRun(@PathParam("name") String name, @QueryParam("days") @DefaultValue("7") String days)
            throws AdminException {
        return admin.dryRun(name, days.matches("\\d{1,4}") ? Integer.parseInt(days) : 7);
    }
}
