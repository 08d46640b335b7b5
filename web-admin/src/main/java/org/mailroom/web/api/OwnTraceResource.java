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
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Page;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TraceSummary;
import org.mailroom.web.trace.TraceCsv;

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

    /** As of {@code /trace/csv}. */
    @GET
    @Path("csv")
    @Produces(TraceResource.CSV)
    @Answers(value = String.class, status = 200)
    public StreamingOutput csv(
            @BeanParam TraceResource.Wanted wanted, @QueryParam("steps") @DefaultValue("false") boolean steps)
            throws AdminException {
        var found =
                admin.own(wanted.query(admin.statuses()), 0, Integer.MAX_VALUE).rows();
        return TraceResource.file(steps ? TraceCsv.steps(found, admin::ownMessages) : TraceCsv.of(found));
    }

    @GET
    @Path("{queueId}")
    public List<TraceEvent> message(@PathParam("queueId") String queueId) throws AdminException {
        return TraceResource.there(admin.ownMessage(queueId));
    }

    @GET
    @Path("{queueId}/csv")
    @Produces(TraceResource.CSV)
    @Answers(value = String.class, status = 200)
    public StreamingOutput messageCsv(@PathParam("queueId") String queueId) throws AdminException {
        return TraceResource.file(TraceCsv.steps(TraceResource.there(admin.ownMessage(queueId)).stream()));
    }
}
