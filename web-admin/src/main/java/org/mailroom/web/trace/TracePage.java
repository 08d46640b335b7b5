package org.mailroom.web.trace;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Page;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TracePart;
import org.mailroom.admin.TraceQuery;
import org.mailroom.admin.TraceSummary;
import org.mailroom.web.site.Csv;
import org.mailroom.web.site.Rows;

/** Finds messages by what is known of them. */
@Named
@ViewScoped
public class TracePage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ValueRange YEARS = ValueRange.of(1, 9999);
    private static final int LONGEST = 80;

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

    /** What the page's address may name. */
    Set<String> parameters() {
        return Set.of("text", "sender", "recipient", "client", "session", "status", "from", "to", "hour");
    }

    /** Parts of the page's address that mean nothing here: the reader is told that the search goes without them. */
    public List<String> getPassedOver() {
        var faces = FacesContext.getCurrentInstance();
        return faces.isPostback()
                ? List.of()
                : passedOver(faces.getExternalContext().getRequestParameterMap(), parameters(), getStatuses());
    }

    static List<String> passedOver(Map<String, String> given, Set<String> known, List<String> statuses) {
        return given.entrySet().stream()
                .filter(one -> !one.getValue().isBlank())
                .filter(one -> !known.contains(one.getKey()) || !isUnderstood(one.getKey(), one.getValue(), statuses))
                .map(one -> one.getKey() + "=" + one.getValue().strip())
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…")
                .sorted()
                .toList();
    }

    private static boolean isUnderstood(String name, String value, List<String> statuses) {
        return switch (name) {
            case "from", "to" -> day(value).isPresent();
            case "hour" -> instant(value).isPresent();
            case "status" -> statuses.contains(value);
            default -> true;
        };
    }

    private TraceQuery query() {
        var begin = getHour();
        return new TraceQuery(
                text.strip(),
                sender.strip(),
                recipient.strip(),
                client.strip(),
                session.strip(),
                getStatuses().contains(status) ? status : "",
                begin == null ? midnight(from, 0) : begin,
                begin == null ? midnight(to, 1) : begin.plus(Duration.ofHours(1)));
    }

    /** The hour of which a figure led here; null for any time. */
    public @Nullable Instant getHour() {
        return instant(hour).orElse(null);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text.strip()))
                    .filter(time ->
                            YEARS.isValidValue(time.atOffset(ZoneOffset.UTC).getYear()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
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

    TracePart steps(List<String> ids) throws AdminException {
        return admin.messages(ids);
    }

    /** Days are those of universal time, as the trace writes them; the last day counts to its end. */
    static @Nullable Instant midnight(String day, int after) {
        return day(day).map(known ->
                        known.plusDays(after).atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(null);
    }

    /** One of a year that has four figures; the database knows not many more. */
    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip())).filter(day -> YEARS.isValidValue(day.getYear()));
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
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
