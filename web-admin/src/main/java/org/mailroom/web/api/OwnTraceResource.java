package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.Page;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TraceSummary;

/** What happened to messages from and to whoever asks. */
@Path("self/trace")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OwnTraceResource {
    @Inject
    private TraceAdmin admin;

    @GET
    public Page<TraceSummary> search(
            @BeanParam TraceResource.Wanted wanted,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit)
            throws AdminException {
        return admin.own(wanted.query(admin.statuses()), Paging.offset(offset), Paging.limit(limit));
    }

    @GET
    @Path("{queueId}")
    public List<TraceEvent> message(@PathParam("queueId") String queueId) throws AdminException {
        var events = admin.ownMessage(queueId);
        if (events.isEmpty()) {
            throw new AdminException(Kind.NOT_FOUND, "There is no trace of that message");
        }
        return events;
    }
}
