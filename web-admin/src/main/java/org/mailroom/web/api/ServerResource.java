package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Created;
import org.mailroom.admin.Overview;
import org.mailroom.admin.Readiness;
import org.mailroom.admin.Role;
import org.mailroom.admin.Setup;
import org.mailroom.admin.Status;
import org.mailroom.contract.wire.Wire;
import org.mailroom.web.site.Addresses;

/** The server as a whole: whether it serves, its figures, its first domain and administrator. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ServerResource {
    @Inject
    private Readiness readiness;

    @Inject
    private Overview overview;

    @Inject
    private Setup setup;

    /** The process answers. */
    @GET
    @Path("live")
    public Live live() {
        return new Live(true);
    }

    /** Mail is taken and handed out. Strangers hear yes or no; the reason is for those who run the server. */
    @GET
    @Path("ready")
    @Answers(
            value = Ready.class,
            status = {200, 503})
    public Response ready(@Context SecurityContext caller) {
        String problem = readiness.problem();
        var ready = new Ready(problem.isEmpty(), caller.isUserInRole(Role.ADMINISTRATOR) ? problem : "");
        return Response.status(ready.ready() ? 200 : 503).entity(ready).build();
    }

    @GET
    @Path("status")
    public ServerStatus status() {
        return ServerStatus.of(overview.status());
    }

    /** The first domain and administrator; where they exist, nothing happens and no password is told. */
    @POST
    @Path("setup")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"domain text = example.test", "administrator text = admin@example.test"})
    @Answers(Administrator.class)
    public Response setup(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var made = setup.first(Bodies.text(wish, "domain"), Bodies.text(wish, "administrator"));
        return Response.status(made.created() ? 201 : 200)
                .entity(Administrator.of(made))
                .build();
    }

    @POST
    @Path("administrator/password")
    @Consumes(MediaType.WILDCARD)
    public Administrator resetAdministrator() throws AdminException {
        return Administrator.of(setup.resetAdministrator());
    }

    /** Answer to a probe. */
    public record Live(boolean live) {}

    /** @param problem empty for strangers, and where there is none */
    public record Ready(boolean ready, String problem) {}

    /** @param password shown once; null where it is not new */
    public record Administrator(
            String administrator, @Nullable String password) {
        static Administrator of(Created made) {
            return new Administrator(made.address(), made.password());
        }

        @Override
        public String toString() {
            return "Administrator[" + administrator + "]";
        }
    }

    /** The dashboard's figures. */
    public record ServerStatus(
            String version,
            boolean ready,
            String problem,
            long domains,
            long accounts,
            long messages,
            long octets,
            long queued,
            long sessions,
            List<OpenListener> listeners) {
        static ServerStatus of(Status status) {
            return new ServerStatus(
                    status.version(),
                    status.ready(),
                    status.problem(),
                    status.domains(),
                    status.accounts(),
                    status.messages(),
                    status.octets(),
                    status.queued(),
                    status.sessions(),
                    status.listeners().stream().map(OpenListener::of).toList());
        }
    }

    /** A socket that is open. */
    public record OpenListener(
            String name, String protocol, String address, int port, boolean implicitTls, int sessions) {
        static OpenListener of(Wire.Listening open) {
            return new OpenListener(
                    open.name(),
                    open.protocol().name(),
                    Addresses.text(open.address()),
                    open.address().getPort(),
                    open.implicitTls(),
                    open.sessions());
        }
    }
}
