package org.mailroom.trace;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.TraceSearch.Wanted;

/** What is wanted of some days, as SQL. All text of strangers goes by parameters. */
final class TraceCondition {
    // What was taken out of a mailbox begins a story only where the trace does not know how it came.
    private static final String BEGINS = """
            (t.step IN ('received', 'refused') OR t.step = 'removed'
                AND (SELECT r.id FROM trace r WHERE r.queue_id = t.queue_id AND r.step = 'received' LIMIT 1) IS NULL)""";

    /** Rows of a recipient that are looked at, of which a message has a few. */
    private static final int MOST_ROWS = 4 * TraceSearch.MOST;

    // What people do with their mail later tells nothing of who was to get it that its coming did not tell.
    private static final String CAME = " AND r.step NOT IN ('moved', 'copied', 'deleted')";

    /** So many letters tell one text from nearly all others; each more costs the index another look. */
    private static final int ENOUGH = 14;

    /** What begins with such a row, and has no others. */
    private static final Map<String, String> BY_THEMSELVES =
            Map.of("removed", "t.step = 'removed' OR ", "deferred", "t.step = 'refused' AND t.reply LIKE '4%' OR ");

    private static final Set<String> USUAL = Set.of("queued", "delivered", "relayed");

    private final StringBuilder where = new StringBuilder(BEGINS);
    private final List<Object> parameters = new ArrayList<>();
    private final boolean queueId;
    private final boolean narrow;

    /** @param queueId whether the text is a queue id, and not a part of what was written */
    TraceCondition(Wanted wanted, boolean queueId, Instant from, Instant to) {
        this.queueId = queueId;
        and("t.at >= ? AND t.at < ?", time(from), time(to));
        int before = parameters.size();
        sender(wanted.sender());
        recipient(wanted.recipient(), from, to);
        whose(wanted.whose(), from, to);
        text(wanted.text().strip());
        if (!wanted.client().isBlank()) {
            and("t.client ILIKE ? ESCAPE '!'", part(wanted.client().strip()));
        }
        session(wanted.session().strip(), from, to);
        boolean filtered = parameters.size() > before;
        status(wanted.status(), from);
        narrow = filtered || (parameters.size() > before && !USUAL.contains(wanted.status()));
    }

    /** At most so many, newest first. What is narrow is found first and sorted then, lest the order tempt to read all of the days. */
    String sql(int most) {
        return """
                WITH hit AS %s (
                    SELECT t.at, t.id, t.queue_id, t.session, t.sender, t.recipient, t.step, t.detail, t.rule, t.reply FROM trace t
                    WHERE %s)
                SELECT coalesce(queue_id, ''), at, sender, recipient, %s, detail,
                    CASE step WHEN 'refused' THEN concat_ws(': ', nullif(rule, ''), nullif(reply, '')) ELSE '' END, session
                FROM hit ORDER BY at DESC, id DESC LIMIT %d""".formatted(narrow ? "MATERIALIZED" : "NOT MATERIALIZED", where, TraceSearch.STEP, most);
    }

    List<Object> parameters() {
        return parameters;
    }

    private void and(String condition, Object... values) {
        where.append(" AND ").append(condition);
        parameters.addAll(List.of(values));
    }

    /** In the words of the index, which knows only what began there; a policy's removals have no session. */
    private void session(String session, Instant from, Instant to) {
        if (!session.isEmpty()) {
            and(
                    "(t.at, t.id) IN (SELECT s.at, s.id FROM trace s WHERE s.session = ? AND s.session <> ''"
                            + " AND s.step IN ('received', 'refused') AND s.at >= ? AND s.at < ?)",
                    session,
                    time(from),
                    time(to));
        }
    }

    private void sender(String sender) {
        if (!sender.isBlank()) {
            and("t.sender " + matching(sender), value(sender));
        }
    }

    /**
     * A recipient has a row of his own from the moment of acceptance, whatever the first row names. The rows are found first and
     * their messages by number, for a join would tempt to read everything.
     */
    private void recipient(String recipient, Instant from, Instant to) {
        if (!recipient.isBlank()) {
            var is = matching(recipient);
            and(
                    "(t.at, t.id) IN (SELECT s.at, s.id FROM trace s WHERE s.at >= ? AND s.at < ? AND s.recipient " + is
                            + " UNION ALL SELECT s.at, s.id FROM trace s WHERE s.at >= ? AND s.at < ? AND s.queue_id = ANY(ARRAY("
                            + "SELECT r.queue_id FROM trace r WHERE r.recipient " + is + CAME
                            + " AND r.at >= ? AND r.at < ? AND r.queue_id IS NOT NULL ORDER BY r.at DESC LIMIT "
                            + MOST_ROWS + ")))",
                    time(from),
                    time(to),
                    value(recipient),
                    time(from),
                    time(to),
                    value(recipient),
                    time(from),
                    time(to.plusSeconds(3600)));
        }
    }

    /**
     * Those who sent it, those who were refused or had it removed, and those who were to get it. Three lists of rows, each by an index of its own,
     * for an "or" over them would read everything.
     */
    private void whose(@Nullable Set<String> whose, Instant from, Instant to) {
        if (whose != null) {
            boolean whole = whose.stream().anyMatch(one -> one.contains("@"));
            var is = whole ? " = ANY(?::text[])" : " LIKE ANY(?::text[])";
            var names = array(whole ? whose : endings(whose));
            var begins =
                    "SELECT s.at, s.id FROM trace s WHERE s.at >= ? AND s.at < ? AND s.step IN ('received', 'refused'";
            and(
                    "(t.at, t.id) IN (" + begins + ") AND s.sender" + is + " UNION ALL " + begins
                            + ", 'removed') AND s.recipient" + is
                            + " UNION ALL " + begins
                            + ") AND s.queue_id = ANY(ARRAY(SELECT r.queue_id FROM trace r WHERE"
                            + " r.recipient" + is + CAME + " AND r.at >= ? AND r.at < ? AND r.queue_id IS NOT NULL"
                            + " ORDER BY r.at DESC LIMIT " + MOST_ROWS + ")))",
                    time(from),
                    time(to),
                    names,
                    time(from),
                    time(to),
                    names,
                    time(from),
                    time(to),
                    names,
                    time(from),
                    time(to.plusSeconds(3600)));
        }
    }

    /** Of addresses in these domains, as patterns. */
    private static Set<String> endings(Set<String> domains) {
        return domains.stream()
                .map(domain -> "%@" + domain.replaceAll("([\\\\%_])", "\\\\$1"))
                .collect(Collectors.toSet());
    }

    /** As PostgreSQL writes it; a local part may hold whatever its sender liked. */
    private static String array(Set<String> texts) {
        return texts.stream()
                .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private void text(String text) {
        if (queueId) {
            and("t.queue_id = ?", text.toUpperCase(Locale.ROOT));
        } else if (!text.isEmpty()) {
            and("(t.detail || ' ' || t.reply) ILIKE ? ESCAPE '!'", part(beginning(text)));
            if (text.length() > ENOUGH) {
                // Not as the index has it, so that it is asked for the beginning alone.
                and("(t.detail || ' ' || t.reply || '') ILIKE ? ESCAPE '!'", part(text));
            }
        }
    }

    private static String beginning(String text) {
        return text.length() <= ENOUGH ? text : text.substring(0, ENOUGH);
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** Only who may have come to it; whether it is his last word, the fates tell. The word is one of ours, never the caller's. */
    private void status(String status, Instant from) {
        if (status.equals("received")) {
            where.append(" AND t.step = 'received'");
        } else if (status.equals("refused")) {
            where.append(" AND t.step = 'refused' AND t.reply NOT LIKE '4%'");
        } else if (USUAL.contains(status)) {
            and(
                    "t.queue_id IN (SELECT r.queue_id FROM trace r WHERE r.step = '" + status + "' AND r.at >= ?)",
                    time(from));
        } else if (TraceSearch.STATUSES.contains(status)) {
            // Rows of trouble are few, and have an index of their own.
            and(
                    "(" + BY_THEMSELVES.getOrDefault(status, "")
                            + "t.queue_id = ANY(ARRAY(SELECT r.queue_id FROM trace r WHERE r.step = '" + status
                            + "' AND r.at >= ? AND r.queue_id IS NOT NULL ORDER BY r.at DESC LIMIT " + MOST_ROWS
                            + ")))",
                    time(from));
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
