package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AuthenticityAdmin;
import org.mailroom.admin.AuthenticityInfo;
import org.mailroom.admin.Role;

/** How strict our domains are with mail that does not come from whom it says. */
@Path("authenticity")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuthenticityResource {
    @Inject
    private AuthenticityAdmin admin;

    /** Those that were set. */
    @GET
    public List<AuthenticityInfo> list() {
        return admin.policies();
    }

    /** What holds, wherever it is set. */
    @GET
    @Path("{domain}")
    public AuthenticityInfo holding(@PathParam("domain") String domain) throws AdminException {
        return admin.holding(domain);
    }

    /** Changes what the body names and nothing else; null gives it back to the configuration. Answers what then holds. */
    @PATCH
    @Path("{domain}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"spf? text = report", "dmarc? text = report"})
    public AuthenticityInfo change(@PathParam("domain") String domain, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        if (wish.isEmpty()) {
            throw new Refusal(400, "The body names one or both of spf, dmarc");
        }
        var now = admin.own(domain);
        admin.put(new AuthenticityInfo(
                domain,
                wish.containsKey("spf") ? Bodies.optionalText(wish, "spf") : now.spf(),
                wish.containsKey("dmarc") ? Bodies.optionalText(wish, "dmarc") : now.dmarc()));
        return admin.holding(domain);
    }

    @DELETE
    @Path("{domain}")
    public void remove(@PathParam("domain") String domain) throws AdminException {
        admin.remove(domain);
    }
}
