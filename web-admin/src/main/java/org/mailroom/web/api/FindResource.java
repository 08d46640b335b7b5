package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.FindAdmin;
import org.mailroom.admin.Found;

/** One search for addresses, domains, queue ids, Message-IDs and settings. */
@Path("find")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FindResource {
    @Inject
    private FindAdmin admin;

    /** A few of each kind. */
    @GET
    public List<Found> find(@QueryParam("q") @DefaultValue("") String word) throws AdminException {
        return admin.find(word);
    }
}
