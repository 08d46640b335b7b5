package org.mailroom.trace;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.TraceSearch.Wanted;

/** What is wanted of one day, as SQL. All text of strangers goes by parameters. */
final class TraceCondition {
    // What was taken out of a mailbox begins a story only where the trace does not know how it came.
    private static final String BEGINS = """
            (t.step IN ('received', 'refused') OR t.step = 'removed'
                AND (SELECT r.id FROM trace r WHERE r.queue_id = t.queue_id AND r.step = 'received' LIMIT 1) IS NULL)""";

    private final StringBuilder where = new StringBuilder(BEGINS);
    private final List<Object> parameters = new ArrayList<>();
    private final boolean narrow;

    TraceCondition(Wanted wanted, Instant from, Instant to) {
        and("t.at >= ? AND t.at < ?", from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
        int before = parameters.size();
        sender(wanted.sender());
        recipient(wanted.recipient(), from, to);
        domains(wanted.domains(), from, to);
        text(wanted.text().strip());
        if (!wanted.client().isBlank()) {
            and("t.client ILIKE ? ESCAPE '!'", part(wanted.client().strip()));
        }
        if (!wanted.session().isBlank()) {
            and("t.session = ?", wanted.session().strip());
        }
        narrow = parameters.size() > before;
        status(wanted.status(), from);
    }

    /** At most so many, newest first. What is narrow is found first and sorted then, lest the order tempt to read the whole day. */
    String sql(int most) {
        return """
                WITH hit AS %s (
                    SELECT t.at, t.id, t.queue_id, t.sender, t.recipient, t.step, t.detail, t.rule, t.reply FROM trace t
                    WHERE %s)
                SELECT coalesce(queue_id, ''), at, sender, recipient, step, detail,
                    CASE step WHEN 'refused' THEN concat_ws(': ', nullif(rule, ''), nullif(reply, '')) ELSE '' END
                FROM hit ORDER BY at DESC, id DESC LIMIT %d""".formatted(narrow ? "MATERIALIZED" : "NOT MATERIALIZED", where, most);
    }

    List<Object> parameters() {
        return parameters;
    }

    private void and(String condition, Object... values) {
        where.append(" AND ").append(condition);
        parameters.addAll(List.of(values));
    }

    private void sender(String sender) {
        if (!sender.isBlank()) {
            and("t.sender " + matching(sender), value(sender));
        }
    }

    /** A recipient has a row of his own from the moment of acceptance, whatever the first row names. */
    private void recipient(String recipient, Instant from, Instant to) {
        if (!recipient.isBlank()) {
            var is = matching(recipient);
            and(
                    "(t.recipient " + is + " OR t.queue_id IN (SELECT r.queue_id FROM trace r WHERE r.recipient " + is
                            + " AND r.at >= ? AND r.at < ? AND r.queue_id IS NOT NULL))",
                    value(recipient),
                    value(recipient),
                    from.atOffset(ZoneOffset.UTC),
                    to.plusSeconds(3600).atOffset(ZoneOffset.UTC));
        }
    }

    private void domains(@Nullable Set<String> domains, Instant from, Instant to) {
        if (domains != null) {
            var names = "{" + String.join(",", domains) + "}";
            and(
                    "(" + in("t.sender") + " OR " + in("t.recipient")
                            + " OR t.queue_id IN (SELECT r.queue_id FROM trace r WHERE " + in("r.recipient")
                            + " AND r.at >= ? AND r.at < ? AND r.queue_id IS NOT NULL))",
                    names,
                    names,
                    names,
                    from.atOffset(ZoneOffset.UTC),
                    to.plusSeconds(3600).atOffset(ZoneOffset.UTC));
        }
    }

    private static String in(String column) {
        return "substring(" + column + " from '[^@]*$') = ANY(?::text[])";
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            and(
                    "(t.queue_id = ? OR (t.detail || ' ' || t.reply) ILIKE ? ESCAPE '!')",
                    text.toUpperCase(Locale.ROOT),
                    part(text));
        }
    }

    /** Only who may have come to it; whether it is his last word, the fates tell. The word is one of ours, never the caller's. */
    private void status(String status, Instant from) {
        if (status.equals("refused") || status.equals("received")) {
            where.append(" AND t.step = '").append(status).append('\'');
        } else if (TraceSearch.STATUSES.contains(status)) {
            and(
                    "(t.step = '" + status + "' OR t.queue_id IN (SELECT r.queue_id FROM trace r WHERE r.step = '"
                            + status + "' AND r.at >= ? AND r.queue_id IS NOT NULL))",
                    from.atOffset(ZoneOffset.UTC));
        } else if (!status.isEmpty()) {
            where.append(" AND false");
        }
    }

    /** A whole address is found through the index of addresses, a part through that of its letters. */
    private static String matching(String address) {
        return whole(address.strip()) ? "= ?" : "LIKE ? ESCAPE '!'";
    }

    private static String value(String address) {
        var wanted = address.strip().toLowerCase(Locale.ROOT);
        return whole(wanted) ? wanted : part(wanted);
    }

    private static boolean whole(String address) {
        int at = address.indexOf('@');
        return at > 0 && at < address.length() - 1;
    }

    private static String part(String text) {
        return "%" + text.replaceAll("([!%_])", "!$1") + "%";
    }
}
