package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
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
import org.mailroom.admin.PopPolicyAdmin;
import org.mailroom.admin.PopPolicyInfo;
import org.mailroom.admin.Role;

/** What POP3 leaves on the server, of a domain or an address. */
@Path("pop-policies")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PopPoliciesResource {
    @Inject
    private PopPolicyAdmin admin;

    /** Those that were set. */
    @GET
    public List<PopPolicyInfo> list() {
        return admin.policies();
    }

    /** What holds, wherever it is set. */
    @GET
    @Path("{of: .+}")
    public PopPolicyInfo holding(@PathParam("of") String of) throws AdminException {
        return admin.holding(of);
    }

    /** Changes what the body names and nothing else; null gives it back to the next wider policy. Answers what then holds. */
    @PATCH
    @Path("{of: .+}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"expire? text = never", "show? text", "markSeen? truth"})
    public PopPolicyInfo change(@PathParam("of") String of, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        if (wish.isEmpty()) {
            throw new Refusal(400, "The body names one or more of expire, show, markSeen");
        }
        var now = admin.own(of);
        admin.put(new PopPolicyInfo(
                of,
                wish.containsKey("expire") ? Bodies.optionalText(wish, "expire") : now.expire(),
                wish.containsKey("show") ? Bodies.optionalText(wish, "show") : now.show(),
                wish.containsKey("markSeen") ? truth(wish) : now.markSeen()));
        return admin.holding(of);
    }

    private static @Nullable Boolean truth(JsonObject wish) {
        return wish.get("markSeen") == JsonValue.NULL ? null : Boolean.valueOf(Bodies.truth(wish, "markSeen"));
    }

    @DELETE
    @Path("{of: .+}")
    public void remove(@PathParam("of") String of) throws AdminException {
        admin.remove(of);
    }
}
