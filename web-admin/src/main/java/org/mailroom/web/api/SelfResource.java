package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;
import org.mailroom.admin.SelfService;

/** What whoever asks does about his own account. */
@Path("self/password")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SelfResource {
    @Inject
    private SelfService self;

    @Context
    private HttpServletRequest servlet;

    /** The body names the {@code present} password and the {@code wanted} one. */
    @POST
    @RolesAllowed(Role.USER)
    @Takes({"present text = a wrong one", "wanted text = a password of four words"})
    public void password(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        self.changePassword(Bodies.text(wish, "present"), Bodies.text(wish, "wanted"), servlet.getRemoteAddr());
    }
}
