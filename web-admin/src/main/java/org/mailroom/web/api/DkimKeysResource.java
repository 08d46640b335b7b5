package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DkimAdmin;
import org.mailroom.admin.DkimKeyInfo;
import org.mailroom.admin.Role;

/** Keys with which mail of our domains is signed. */
@Path("dkim-keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DkimKeysResource {
    @Inject
    private DkimAdmin admin;

    @GET
    public List<DkimKeyInfo> list() {
        return admin.keys();
    }

    @GET
    @Path("{domain}")
    public List<DkimKeyInfo> list(@PathParam("domain") String domain) throws AdminException {
        return admin.keys(domain);
    }

    /** Asks DNS for its record too. */
    @GET
    @Path("{domain}/{selector}")
    public DkimKeyInfo look(@PathParam("domain") String domain, @PathParam("selector") String selector)
            throws AdminException {
        return admin.look(domain, selector);
    }

    /** Makes keys, for the first time or to take the place of others. */
    @POST
    @Path("{domain}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"algorithm? text = ed25519"})
    @Answers(value = DkimKeyInfo[].class, status = 201)
    public Response add(@PathParam("domain") String domain, @Nullable JsonStructure body) throws AdminException {
        var made = admin.add(domain, Bodies.optionalText(Bodies.object(body), "algorithm"));
        return Response.status(201).entity(made).build();
    }

    @POST
    @Path("{domain}/{selector}/activate")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"unseen? truth"})
    public void activate(
            @PathParam("domain") String domain, @PathParam("selector") String selector, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        admin.activate(domain, selector, wish.containsKey("unseen") && Bodies.truth(wish, "unseen"));
    }

    @POST
    @Path("{domain}/{selector}/retire")
    public void retire(@PathParam("domain") String domain, @PathParam("selector") String selector)
            throws AdminException {
        admin.retire(domain, selector);
    }

    /** @param early true: even if what it signed may still be on its way */
    @DELETE
    @Path("{domain}/{selector}")
    public void remove(
            @PathParam("domain") String domain,
            @PathParam("selector") String selector,
            @QueryParam("early") @DefaultValue("false") boolean early)
            throws AdminException {
        admin.remove(domain, selector, early);
    }
}
