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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.NodeAdmin;
import org.mailroom.admin.NodeInfo;
import org.mailroom.admin.Role;

/** The servers that share one database. */
@Path("nodes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NodesResource {
    @Inject
    private NodeAdmin admin;

    @GET
    public List<NodeInfo> list() {
        return admin.nodes();
    }

    /** {@code {"draining": true}}. @param name as it is listed; no part of the path, because servers refuse a colon there */
    @PUT
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes("draining truth = true")
    public void drain(@QueryParam("name") @DefaultValue("") String name, @Nullable JsonStructure body)
            throws AdminException {
        admin.drain(name, Bodies.truth(Bodies.object(body), "draining"));
    }

    @DELETE
    public void forget(@QueryParam("name") @DefaultValue("") String name) throws AdminException {
        admin.forget(name);
    }
}
