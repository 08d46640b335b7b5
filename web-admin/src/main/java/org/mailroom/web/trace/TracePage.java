package org.mailroom.web.trace;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Page;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TraceQuery;
import org.mailroom.admin.TraceSummary;
import org.mailroom.web.site.Csv;
import org.mailroom.web.site.Rows;

/** Finds messages by what is known of them. */
@Named
@ViewScoped
public class TracePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private TraceAdmin admin;

    private String text = "";
    private String sender = "";
    private String recipient = "";
    private String client = "";
    private String session = "";
    private String status = "";
    private String from = "";
    private String to = "";
    private String hour = "";
    private transient @Nullable Rows<TraceSummary> rows;

    public Rows<TraceSummary> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>((offset, limit) -> search(query(), offset, limit));
            rows = known;
        }
        return known;
    }

    Page<TraceSummary> search(TraceQuery query, int offset, int limit) {
        return admin.search(query, offset, limit);
    }

    private TraceQuery query() {
        var begin = getHour();
        return new TraceQuery(
                text.strip(),
                sender.strip(),
                recipient.strip(),
                client.strip(),
                session.strip(),
                status,
                begin == null ? midnight(from, 0) : begin,
                begin == null ? midnight(to, 1) : begin.plus(Duration.ofHours(1)));
    }

    /** The hour of which a figure led here; null for any time. */
    public @Nullable Instant getHour() {
        try {
            return hour.isEmpty() ? null : Instant.parse(hour);
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }

    public List<String> getStatuses() {
        return admin.statuses();
    }

    /** Everything that was found, as a file for a spreadsheet. */
    public void download() throws IOException {
        Csv.send("trace.csv", TraceCsv.of(search(query(), 0, Integer.MAX_VALUE).rows()));
    }

    /** Likewise, a row for each step. */
    public void downloadSteps() throws IOException {
        Csv.send(
                "trace-steps.csv",
                TraceCsv.steps(search(query(), 0, Integer.MAX_VALUE).rows(), this::steps));
    }

    List<TraceEvent> steps(List<String> ids) throws AdminException {
        return admin.messages(ids);
    }

    /** Days are those of universal time, as the trace writes them; the last day counts to its end. */
    static @Nullable Instant midnight(String day, int after) {
        try {
            return day.isBlank()
                    ? null
                    : LocalDate.parse(day.strip())
                            .plusDays(after)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    private static String given(@Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = given(text);
    }

    public String getSender() {
        return sender;
    }

    public void setSender(@Nullable String sender) {
        this.sender = given(sender);
    }

    public String getRecipient() {
        return recipient;
    }

    public void setRecipient(@Nullable String recipient) {
        this.recipient = given(recipient);
    }

    public String getClient() {
        return client;
    }

    public void setClient(@Nullable String client) {
        this.client = given(client);
    }

    public String getSession() {
        return session;
    }

    public void setSession(@Nullable String session) {
        this.session = given(session);
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String status) {
        this.status = given(status);
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = given(from);
    }

    public String getHourText() {
        return hour;
    }

    public void setHourText(@Nullable String hour) {
        this.hour = given(hour).strip();
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = given(to);
    }
}
