package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.SessionAdmin;
import org.mailroom.contract.wire.Wire;
import org.mailroom.web.site.Addresses;

/** The clients that are connected now. */
@Path("sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
    @Inject
    private SessionAdmin admin;

    @GET
    public List<OpenSession> list() {
        return admin.sessions().stream().map(OpenSession::of).toList();
    }

    /** Sessions of which something is kept, the latest first; also those that have ended. */
    @GET
    @Path("past")
    public List<Wire.Past> past(@QueryParam("limit") @DefaultValue("100") String limit) {
        return admin.past(Paging.limit(limit));
    }

    /** @param after the number of the last entry that is known; -1: all that are kept */
    @GET
    @Path("{id}/transcript")
    public List<Wire.Said> transcript(@PathParam("id") String id, @QueryParam("after") @DefaultValue("-1") long after) {
        return admin.transcript(id, after);
    }

    @DELETE
    @Path("{id}")
    public void end(@PathParam("id") String id) throws AdminException {
        if (!admin.end(id)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no such session");
        }
    }

    /** @param login null before there is one */
    public record OpenSession(
            String id,
            String protocol,
            String listener,
            String client,
            Instant since,
            boolean tls,
            @Nullable String login,
            String doing) {
        static OpenSession of(Wire.Session session) {
            return new OpenSession(
                    session.id(),
                    session.protocol().name(),
                    session.listener(),
                    Addresses.text(session.client()),
                    session.since(),
                    session.tls(),
                    session.login(),
                    session.doing());
        }
    }
}
