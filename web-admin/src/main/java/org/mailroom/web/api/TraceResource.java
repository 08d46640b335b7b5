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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
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

    /** The same as a file for spreadsheets (RFC 4180), as far as messages are counted. */
    @GET
    @Path("csv")
    @Produces("text/csv; charset=UTF-8; header=present")
    public String csv(@BeanParam Wanted wanted) {
        return Csv.text(TraceCsv.of(admin.search(wanted.query(admin.statuses()), 0, Integer.MAX_VALUE)
                .rows()));
    }

    @GET
    @Path("{queueId}")
    public List<TraceEvent> message(@PathParam("queueId") String queueId) throws AdminException {
        var events = admin.message(queueId);
        if (events.isEmpty()) {
            throw new AdminException(Kind.NOT_FOUND, "There is no trace of that message");
        }
        return events;
    }

    private static @Nullable Instant instant(@Nullable String written, String field) {
        try {
            return written == null || written.isBlank() ? null : Instant.parse(written);
        } catch (DateTimeParseException noTime) {
            throw new Refusal(400, "\"" + field + "\" is a time such as 2026-01-31T08:00:00Z");
        }
    }
}
