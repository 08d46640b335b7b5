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
import org.mailroom.admin.Role;
import org.mailroom.admin.TelnetAdmin;
import org.mailroom.admin.TelnetTalk;
import org.mailroom.admin.TelnetTarget;
import org.mailroom.admin.TelnetWay;

/** Conversations by hand with mail servers. */
@Path("telnet")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TelnetResource {
    @Inject
    private TelnetAdmin admin;

    /** Our own listeners. */
    @GET
    @Path("targets")
    public List<TelnetTarget> targets() {
        return admin.here();
    }

    /** @param port at which to talk; 0: where the mail would go */
    @GET
    @Path("ways/{domain}")
    public TelnetWay way(@PathParam("domain") String domain, @QueryParam("port") @DefaultValue("0") int port)
            throws AdminException {
        return admin.way(domain, port);
    }

    /** Those of the caller. */
    @GET
    public List<TelnetTalk> talks() throws AdminException {
        return admin.talks();
    }

    /** {@code {"target": …}}, an id of {@link #targets} or {@link #way}. */
    @POST
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes("target text = here smtp")
    @Answers(value = TelnetTalk.class, status = 201)
    public Response open(@Nullable JsonStructure body) throws AdminException {
        var id = admin.open(Bodies.text(Bodies.object(body), "target"));
        return Response.status(201).entity(admin.talk(id)).build();
    }

    @GET
    @Path("{id}")
    public TelnetTalk talk(@PathParam("id") String id) throws AdminException {
        return admin.talk(id);
    }

    /** {@code {"line": …}}; answers when the other side has spoken, or after a moment. */
    @POST
    @Path("{id}/lines")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes("line? text = NOOP")
    public TelnetTalk send(@PathParam("id") String id, @Nullable JsonStructure body) throws AdminException {
        var line = Bodies.optionalText(Bodies.object(body), "line");
        admin.send(id, line == null ? "" : line);
        return admin.talk(id);
    }

    @DELETE
    @Path("{id}")
    public void close(@PathParam("id") String id) throws AdminException {
        admin.close(id);
    }
}
