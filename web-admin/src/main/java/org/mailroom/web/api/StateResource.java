package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;
import org.mailroom.admin.StateAdmin;
import org.mailroom.admin.StateOutcome;

/** Domains, accounts, addresses, rules and routes as a whole. */
@Path("state")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StateResource {
    @Inject
    private StateAdmin admin;

    /** @param section only these; none: all that the caller may read */
    @GET
    public Map<String, List<Map<String, @Nullable Object>>> present(@QueryParam("section") List<String> section)
            throws AdminException {
        return admin.present(section);
    }

    /**
     * Brings about what the body says, all of it or nothing, and answers what was changed; the same again changes nothing.
     *
     * @param dryRun true: only answers what would be changed
     * @param prune true: what is there but not in a section of the body is removed
     */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @PUT
    public StateOutcome apply(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @QueryParam("prune") @DefaultValue("false") boolean prune,
            @Nullable JsonStructure body)
            throws AdminException {
        return admin.apply(Bodies.object(body), dryRun, prune);
    }
}
