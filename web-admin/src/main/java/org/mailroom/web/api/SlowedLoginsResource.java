package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.LoginAdmin;
import org.mailroom.admin.SlowedLogin;

/** Whose logins are slowed, because too many failed. */
@Path("slowed-logins")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class SlowedLoginsResource {
    @Inject
    private LoginAdmin admin;

    @GET
    public List<SlowedLogin> list() {
        return admin.slowed();
    }

    /** Lets one try again at once. */
    @DELETE
    public void lift(@QueryParam("who") @DefaultValue("") String who) throws AdminException {
        admin.lift(who);
    }
}
