package org.mailroom.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds messages in the trace, newest first, and never more than a bound. */
public final class TraceSearch {
    /** Beyond that many the total is only "many". */
    public static final int MOST = 10_000;

    private static final int MOST_SHOWN = 5;
    private static final int MOST_STEPS = 20_000;

    private final Connection connection;

    public TraceSearch(Connection connection) {
        this.connection = connection;
    }

    /** What to look for; what is empty does not matter. */
    public record Wanted(
            String text,
            String sender,
            String recipient,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** A message, or what has no beginning in the trace: a refusal, a removal from a mailbox of what came by other ways. */
    public record Found(String queueId, Instant at, String sender, String recipients, String subject, String status) {}

    /** Some of those found, and how many there are. */
    public record Result(List<Found> found, long total) {
        public Result {
            found = List.copyOf(found);
        }
    }

    /** The row with which a message, or a refusal, begins. */
    private record Start(String queueId, Instant at, String sender, String recipient, String step, String detail) {}

    public Result search(Wanted wanted, int offset, int limit) throws SQLException {
        var parameters = new ArrayList<Object>();
        var sql = sql(wanted, parameters);
        parameters.add(offset);
        parameters.add(limit);
        var starts = new ArrayList<Start>();
        long total = 0;
        try (var query = connection.prepareStatement(sql)) {
            set(query, parameters);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    starts.add(start(rows));
                    total = rows.getLong(7);
                }
            }
        }
        var ids =
                starts.stream().map(Start::queueId).filter(id -> !id.isEmpty()).toList();
        var fates = ids.isEmpty() ? Map.<String, Map<String, String>>of() : fates(ids);
        return new Result(starts.stream().map(start -> found(start, fates)).toList(), total);
    }

    private static String sql(Wanted wanted, List<Object> parameters) {
        var where = new StringBuilder("(t.step IN ('received', 'refused') OR t.step = 'removed' AND NOT EXISTS"
                + " (SELECT FROM trace r WHERE r.queue_id = t.queue_id AND r.step = 'received'))");
        if (wanted.from() != null) {
            where.append(" AND t.at >= ?");
            parameters.add(wanted.from().atOffset(ZoneOffset.UTC));
        }
        if (wanted.to() != null) {
            where.append(" AND t.at < ?");
            parameters.add(wanted.to().atOffset(ZoneOffset.UTC));
        }
        if (!wanted.sender().isBlank()) {
            where.append(" AND t.sender ").append(matching(wanted.sender(), parameters));
        }
        if (!wanted.recipient().isBlank()) {
            var condition = matching(wanted.recipient(), parameters);
            where.append(" AND (t.recipient ").append(condition);
            where.append(" OR t.queue_id IN (SELECT r.queue_id FROM trace r WHERE r.recipient ")
                    .append(condition);
            where.append(" AND r.queue_id IS NOT NULL))");
            parameters.add(parameters.getLast());
        }
        if (!wanted.text().isBlank()) {
            where.append(" AND (t.queue_id = ? OR t.detail ILIKE ? ESCAPE '!' OR t.reply ILIKE ? ESCAPE '!')");
            parameters.add(wanted.text().strip().toUpperCase(Locale.ROOT));
            parameters.add(part(wanted.text().strip()));
            parameters.add(part(wanted.text().strip()));
        }
        return """
                WITH hit AS (
                    SELECT t.at, t.id, t.queue_id, t.sender, t.recipient, t.step, t.detail FROM trace t
                    WHERE %s ORDER BY t.at DESC, t.id DESC LIMIT %d)
                SELECT coalesce(queue_id, ''), at, sender, recipient, step, detail, count(*) OVER ()
                FROM hit ORDER BY at DESC, id DESC OFFSET ? LIMIT ?""".formatted(where, MOST);
    }

    /** A whole address is found through the index, a part by looking at all. */
    private static String matching(String address, List<Object> parameters) {
        var wanted = address.strip().toLowerCase(Locale.ROOT);
        int at = wanted.indexOf('@');
        boolean whole = at > 0 && at < wanted.length() - 1;
        parameters.add(whole ? wanted : part(wanted));
        return whole ? "= ?" : "LIKE ? ESCAPE '!'";
    }

    private static String part(String text) {
        return "%" + text.replaceAll("([!%_])", "!$1") + "%";
    }

    private static void set(PreparedStatement query, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            query.setObject(i + 1, parameters.get(i));
        }
    }

    private static Start start(ResultSet row) throws SQLException {
        return new Start(text(row, 1), time(row, 2), text(row, 3), text(row, 4), text(row, 5), text(row, 6));
    }

    /** The last step of each recipient, by message. */
    private Map<String, Map<String, String>> fates(List<String> queueIds) throws SQLException {
        var fates = new LinkedHashMap<String, Map<String, String>>();
        try (var query = connection.prepareStatement("""
                SELECT DISTINCT ON (queue_id, recipient) queue_id, recipient, step FROM trace
                WHERE queue_id = ANY(?) AND recipient <> '' AND step NOT IN ('received', 'bounced', 'reported', 'administered')
                ORDER BY queue_id, recipient, at DESC, id DESC LIMIT ?""")) {
            query.setArray(1, connection.createArrayOf("text", queueIds.toArray()));
            query.setInt(2, MOST_STEPS);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    fates.computeIfAbsent(text(rows, 1), none -> new LinkedHashMap<>())
                            .put(text(rows, 2), text(rows, 3));
                }
            }
        }
        return fates;
    }

    private static Found found(Start start, Map<String, Map<String, String>> fates) {
        var fate = fates.getOrDefault(start.queueId, Map.of());
        var recipients = fate.isEmpty() ? start.recipient : several(fate);
        var status = start.step.equals("received") ? worst(fate) : start.step;
        return new Found(start.queueId, start.at, start.sender, recipients, subject(start.detail), status);
    }

    private static String several(Map<String, String> fate) {
        var shown = String.join(", ", fate.keySet().stream().limit(MOST_SHOWN).toList());
        return fate.size() > MOST_SHOWN ? shown + ", and " + (fate.size() - MOST_SHOWN) + " more" : shown;
    }

    private static String worst(Map<String, String> fate) {
        for (var status : List.of(
                "poison",
                "failed",
                "quarantined",
                "deferred",
                "queued",
                "relayed",
                "delivered",
                "discarded",
                "removed")) {
            if (fate.containsValue(status)) {
                return status;
            }
        }
        return "received";
    }

    private static String subject(String detail) {
        int at = detail.indexOf("subject=");
        return at < 0 ? "" : detail.substring(at + "subject=".length());
    }

    /** All steps of a message in their order. */
    public List<Step> steps(String queueId) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT at, step, sender, recipient, client, rule, reply, detail FROM trace
                WHERE queue_id = ? ORDER BY at, id LIMIT ?""")) {
            query.setString(1, queueId);
            query.setInt(2, MOST_STEPS);
            try (var rows = query.executeQuery()) {
                var steps = new ArrayList<Step>();
                while (rows.next()) {
                    steps.add(new Step(
                            time(rows, 1),
                            text(rows, 2),
                            text(rows, 3),
                            text(rows, 4),
                            text(rows, 5),
                            text(rows, 6),
                            text(rows, 7),
                            text(rows, 8)));
                }
                return steps;
            }
        }
    }

    /** One thing that happened. */
    public record Step(
            Instant at,
            String step,
            String sender,
            String recipient,
            String client,
            String rule,
            String reply,
            String detail) {}

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
