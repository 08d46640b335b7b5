package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DestinationAdmin;
import org.mailroom.admin.DestinationInfo;

/** The domains for which mail waits, or that are paused. */
@Path("destinations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DestinationsResource {
    @Inject
    private DestinationAdmin admin;

    @GET
    public List<DestinationInfo> list() {
        return admin.destinations();
    }

    @POST
    @Path("{domain}/pause")
    public void pause(@PathParam("domain") String domain) throws AdminException {
        admin.pause(domain);
    }

    @POST
    @Path("{domain}/resume")
    public void resume(@PathParam("domain") String domain) throws AdminException {
        admin.resume(domain);
    }

    /** Tries at once what waits; the domain may be {@code *.example.org} or {@code *}. */
    @POST
    @Path("{domain}/flush")
    public JsonObject flush(@PathParam("domain") String domain) throws AdminException {
        return Json.createObjectBuilder().add("messages", admin.flush(domain)).build();
    }
}
