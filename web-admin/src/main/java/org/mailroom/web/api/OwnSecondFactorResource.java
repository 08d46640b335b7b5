package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.Role;
import org.mailroom.admin.SecondFactorAdmin;
import org.mailroom.admin.SecondFactorInfo;
import org.mailroom.admin.SecondFactorOffer;

/** What the console asks of whoever asks beside his password. */
@Path("self/second-factor")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OwnSecondFactorResource {
    @Inject
    private SecondFactorAdmin admin;

    @Context
    private HttpServletRequest servlet;

    @GET
    public SecondFactorInfo own() throws AdminException {
        return admin.own();
    }

    /** Makes a secret, which counts from its first code on. */
    @POST
    @Path("offer")
    @Consumes(MediaType.WILDCARD)
    public SecondFactorOffer offer() throws AdminException {
        admin.offer();
        return admin.offered().orElseThrow(() -> new AdminException(Kind.CONFLICT, "There is a second factor already"));
    }

    /** Shows by a {@code code} that the app has the secret; the answer holds recovery codes, this once. */
    @POST
    @Path("confirm")
    @RolesAllowed(Role.USER)
    @Takes("code text = 000000")
    public List<String> confirm(@Nullable JsonStructure body) throws AdminException {
        return admin.confirm(code(body));
    }

    /** Other recovery codes, for a {@code code}. It has no example, for each wrong one counts as a wrong password does. */
    @POST
    @Path("renew")
    @RolesAllowed(Role.USER)
    @Takes("code? text")
    public List<String> renew(@Nullable JsonStructure body) throws AdminException {
        return admin.renew(code(body), servlet.getRemoteAddr());
    }

    /** Nothing but the password is asked any more, for a last {@code code}. */
    @POST
    @Path("remove")
    @RolesAllowed(Role.USER)
    @Takes("code? text")
    public void remove(@Nullable JsonStructure body) throws AdminException {
        admin.removeOwn(code(body), servlet.getRemoteAddr());
    }

    private static String code(@Nullable JsonStructure body) {
        return Bodies.text(Bodies.object(body), "code").strip();
    }
}
