package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
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
            String client,
            Instant since,
            boolean tls,
            @Nullable String login,
            String doing) {
        static OpenSession of(Wire.Session session) {
            return new OpenSession(
                    session.id(),
                    session.protocol().name(),
                    Addresses.text(session.client()),
                    session.since(),
                    session.tls(),
                    session.login(),
                    session.doing());
        }
    }
}
