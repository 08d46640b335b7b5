package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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

/** What happened to messages. */
@Path("trace")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TraceResource {
    @Inject
    private TraceAdmin admin;

    @GET
    public Page<TraceSummary> search(
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("sender") @DefaultValue("") String sender,
            @QueryParam("recipient") @DefaultValue("") String recipient,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        var query = new TraceQuery(text, sender, recipient, instant(from, "from"), instant(to, "to"));
        return admin.search(query, Paging.offset(offset), Paging.limit(limit));
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
