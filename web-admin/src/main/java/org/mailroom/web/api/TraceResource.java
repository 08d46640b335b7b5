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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.Page;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TraceQuery;
import org.mailroom.admin.TraceSummary;
import org.mailroom.web.site.Csv;
import org.mailroom.web.trace.TraceCsv;

/** What happened to messages. */
@Path("trace")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TraceResource {
    static final String CSV = "text/csv; charset=UTF-8; header=present";

    @Inject
    private TraceAdmin admin;

    /** What narrows a search; each may be left out. */
    public static class Wanted {
        @QueryParam("text")
        @DefaultValue("")
        private String text = "";

        @QueryParam("sender")
        @DefaultValue("")
        private String sender = "";

        @QueryParam("recipient")
        @DefaultValue("")
        private String recipient = "";

        @QueryParam("client")
        @DefaultValue("")
        private String client = "";

        @QueryParam("session")
        @DefaultValue("")
        private String session = "";

        @QueryParam("status")
        @DefaultValue("")
        private String status = "";

        @QueryParam("from")
        private @Nullable String from;

        @QueryParam("to")
        private @Nullable String to;

        TraceQuery query(List<String> statuses) {
            if (!status.isEmpty() && !statuses.contains(status)) {
                throw new Refusal(400, "\"status\" is one of " + String.join(", ", statuses));
            }
            return new TraceQuery(
                    text, sender, recipient, client, session, status, instant(from, "from"), instant(to, "to"));
        }
    }

    @GET
    public Page<TraceSummary> search(
            @BeanParam Wanted wanted,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return admin.search(wanted.query(admin.statuses()), Paging.offset(offset), Paging.limit(limit));
    }

    /**
     * The same as a file for spreadsheets (RFC 4180), as far as messages are counted.
     *
     * @param steps whether it has a row for each step, and not for each message
     */
    @GET
    @Path("csv")
    @Produces(CSV)
    @Answers(value = String.class, status = 200)
    public StreamingOutput csv(@BeanParam Wanted wanted, @QueryParam("steps") @DefaultValue("false") boolean steps) {
        var found = admin.search(wanted.query(admin.statuses()), 0, Integer.MAX_VALUE)
                .rows();
        return file(steps ? TraceCsv.steps(found, admin::messages) : TraceCsv.of(found));
    }

    /** @param queueId or the id of a session, for what was refused in it before there was a message */
    @GET
    @Path("{queueId}")
    public List<TraceEvent> message(@PathParam("queueId") String queueId) throws AdminException {
        return there(admin.message(queueId));
    }

    @GET
    @Path("{queueId}/csv")
    @Produces(CSV)
    @Answers(value = String.class, status = 200)
    public StreamingOutput messageCsv(@PathParam("queueId") String queueId) throws AdminException {
        return file(TraceCsv.steps(there(admin.message(queueId)).stream()));
    }

    static List<TraceEvent> there(List<TraceEvent> events) throws AdminException {
        if (events.isEmpty()) {
            throw new AdminException(Kind.NOT_FOUND, "There is no trace of that message");
        }
        return events;
    }

    static StreamingOutput file(Stream<List<String>> rows) {
        return out -> Csv.write(rows, out);
    }

    private static @Nullable Instant instant(@Nullable String written, String field) {
        try {
            return written == null || written.isBlank() ? null : Instant.parse(written);
        } catch (DateTimeParseException noTime) {
            throw new Refusal(400, "\"" + field + "\" is a time such as 2026-01-31T08:00:00Z");
        }
    }
}
