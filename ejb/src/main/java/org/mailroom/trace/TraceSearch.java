package org.mailroom.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages in the trace, newest first, and never more than a bound. It looks at the last day, then at the two before, the four
 * before and so on: what there is much of is answered by the last days, what is rare by the indexes of all, and no plan can
 * mistake one for the other.
 */
public final class TraceSearch {
    /** Beyond that many nothing is counted. */
    public static final int MOST = 2_000;

    private static final int MOST_SHOWN = 5;
    private static final int MOST_STEPS = 20_000;
    /** Nobody waits for more. */
    private static final int MOST_DAYS = 512;

    /** Our own no is told by one word with that of other hosts: for now, {@code deferred}; for good, {@code refused}. */
    static final String STEP = "CASE WHEN step = 'refused' AND reply LIKE '4%' THEN 'deferred' ELSE step END";

    /** What a message can come to; the first of those of its recipients is told. */
    private static final List<String> FATES = List.of(
            "poison", "failed", "quarantined", "deferred", "queued", "relayed", "delivered", "discarded", "removed");

    /** What happens within a mailbox is for the eyes of its owner and of those who administer it, even if others sent the mail. */
    private static final Set<String> PRIVATE = Set.of("moved", "copied", "deleted", "removed");

    /** Every status that a search may ask for. */
    public static final List<String> STATUSES =
            Stream.concat(Stream.of("received", "refused"), FATES.stream()).toList();

    private static final String OF_MESSAGES = "queue_id = ANY(?)";

    /** In the words of the index. */
    private static final String OF_REFUSALS =
            "session = ANY(?) AND session <> '' AND step IN ('received', 'refused') AND queue_id IS NULL";

    private static final Pattern QUEUE_ID = Pattern.compile("[0-9A-Za-z]{2,20}");

    private final Connection connection;
    private final int mostSteps;

    public TraceSearch(Connection connection) {
        this(connection, MOST_STEPS);
    }

    TraceSearch(Connection connection, int mostSteps) {
        this.connection = connection;
        this.mostSteps = mostSteps;
    }

    /**
     * What to look for; what is empty does not matter.
     *
     * @param text a queue id, or a part of subject, Message-ID or reply
     * @param client a part of who spoke to us
     * @param session the wire's id of a session
     * @param status what a message came to, as {@link Found#status}
     * @param whose mail: domains, or whole addresses, of senders or recipients; null: everybody's
     */
    public record Wanted(
            String text,
            String sender,
            String recipient,
            String client,
            String session,
            String status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Set<String> whose) {
        public Wanted {
            whose = whose == null ? null : Set.copyOf(whose);
        }
    }

    /**
     * A message, or what has no beginning in the trace: a refusal, a removal from a mailbox of what came by other ways.
     *
     * @param queueId empty where it was refused before it had one
     * @param session in which it came
     */
    public record Found(
            String queueId,
            String session,
            Instant at,
            String sender,
            String recipients,
            String subject,
            String status,
            String why) {}

    /** Some of those found, and how many there are. */
    public record Result(List<Found> found, long total) {
        public Result {
            found = List.copyOf(found);
        }
    }

    /** The row with which a message, or a refusal, begins. */
    private record Start(
            String queueId,
            Instant at,
            String sender,
            String recipient,
            String step,
            String detail,
            String why,
            String session) {}

    public Result search(Wanted wanted, int offset, int limit) throws SQLException {
        // A word that may be a queue id is looked for as one first.
        var starts = QUEUE_ID.matcher(wanted.text().strip()).matches() ? starts(wanted, true) : List.<Start>of();
        if (starts.isEmpty()) {
            starts = starts(wanted, false);
        }
        var shown = starts.stream().skip(offset).limit(limit).toList();
        var fates = fates(shown, wanted.whose());
        return new Result(shown.stream().map(start -> found(start, fates)).toList(), starts.size());
    }

    private List<Start> starts(Wanted wanted, boolean queueId) throws SQLException {
        var starts = new ArrayList<Start>();
        var oldest = wanted.from() == null ? oldest() : wanted.from();
        var end = wanted.to() == null ? Instant.now().plus(Duration.ofMinutes(5)) : wanted.to();
        for (int days = 1; days <= MOST_DAYS && end.isAfter(oldest) && starts.size() < MOST; days *= 2) {
            var begin = later(end.minusMillis(1).truncatedTo(ChronoUnit.DAYS).minus(days - 1, ChronoUnit.DAYS), oldest);
            starts.addAll(between(new TraceCondition(wanted, queueId, begin, end), wanted, MOST - starts.size()));
            end = begin;
        }
        return starts;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant oldest() throws SQLException {
        try (var query = connection.prepareStatement("SELECT min(at) FROM trace");
                var row = query.executeQuery()) {
            row.next();
            var at = row.getObject(1, OffsetDateTime.class);
            return at == null ? Instant.now() : at.toInstant();
        }
    }

    /** The hits of some days. */
    private List<Start> between(TraceCondition condition, Wanted wanted, int most) throws SQLException {
        var starts = new ArrayList<Start>();
        try (var query = connection.prepareStatement(condition.sql(most))) {
            set(query, condition.parameters());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    starts.add(start(rows));
                }
            }
        }
        if (wanted.status().isBlank()) {
            return starts;
        }
        var fates = fates(starts, wanted.whose());
        return starts.stream()
                .filter(start -> status(start, fates).equals(wanted.status()))
                .toList();
    }

    private static void set(PreparedStatement query, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            query.setObject(i + 1, parameters.get(i));
        }
    }

    private static Start start(ResultSet row) throws SQLException {
        return new Start(
                text(row, 1),
                time(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                text(row, 7),
                text(row, 8));
    }

    /** The last step of each recipient, by message; of what others sent, only those who are meant. */
    private Map<String, Map<String, String>> fates(List<Start> starts, @Nullable Set<String> whose)
            throws SQLException {
        var fates = fates(starts);
        for (var start : starts) {
            if (!within(whose, start.sender)) {
                fates.getOrDefault(start.queueId, new LinkedHashMap<>())
                        .keySet()
                        .removeIf(recipient -> !within(whose, recipient));
            }
        }
        return fates;
    }

    private static boolean within(@Nullable Set<String> whose, String address) {
        return whose == null
                || whose.contains(address)
                || whose.contains(address.substring(address.lastIndexOf('@') + 1));
    }

    private Map<String, Map<String, String>> fates(List<Start> starts) throws SQLException {
        var fates = new LinkedHashMap<String, Map<String, String>>();
        var ids = starts.stream()
                .map(Start::queueId)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toArray();
        if (ids.length == 0) {
            return fates;
        }
        // Nothing happens to a message before it came: older days need not be asked.
        var first = starts.stream().map(Start::at).min(Instant::compareTo).orElseThrow();
        try (var query = connection.prepareStatement("""
                SELECT DISTINCT ON (queue_id, recipient) queue_id, recipient, step FROM trace
                WHERE queue_id = ANY(?) AND at >= ? AND recipient <> ''
                  AND step NOT IN ('received', 'bounced', 'reported', 'administered', 'moved', 'copied', 'deleted')
                ORDER BY queue_id, recipient, at DESC, id DESC LIMIT ?""")) {
            query.setArray(1, connection.createArrayOf("text", ids));
            query.setObject(2, first.atOffset(ZoneOffset.UTC));
            query.setInt(3, MOST_STEPS);
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
        return new Found(
                start.queueId,
                start.session,
                start.at,
                start.sender,
                recipients,
                subject(start.detail),
                status(start, fates),
                start.why);
    }

    private static String status(Start start, Map<String, Map<String, String>> fates) {
        return start.step.equals("received") ? worst(fates.getOrDefault(start.queueId, Map.of())) : start.step;
    }

    private static String several(Map<String, String> fate) {
        var shown = String.join(", ", fate.keySet().stream().limit(MOST_SHOWN).toList());
        return fate.size() > MOST_SHOWN ? shown + ", and " + (fate.size() - MOST_SHOWN) + " more" : shown;
    }

    private static String worst(Map<String, String> fate) {
        return FATES.stream().filter(fate::containsValue).findFirst().orElse("received");
    }

    private static String subject(String detail) {
        int at = detail.indexOf("subject=");
        return at < 0 ? "" : detail.substring(at + "subject=".length());
    }

    /**
     * All steps of a message in their order, with those that led to it; or all that was refused in a session before there was a
     * message.
     *
     * @param name a queue id, or the id of a session
     * @param whose as in {@link Wanted}: what concerns these recipients, or everything where one of these senders sent it, but for
     *     what others did with their mail
     */
    public List<Step> steps(String name, @Nullable Set<String> whose) throws SQLException {
        return steps(List.of(name), whose);
    }

    /**
     * Steps of messages, one after another.
     *
     * @param names of how many of those that were asked for, from the first on
     */
    public record Several(List<Step> steps, int names) {
        public Several {
            steps = List.copyOf(steps);
        }
    }

    /** Likewise, of as many of the first of several as are read at a time, and of one at least; the others are asked for next. */
    public Several several(List<String> names, @Nullable Set<String> whose) throws SQLException {
        var counts = counts(OF_MESSAGES, "queue_id", names);
        counts(OF_REFUSALS, "session", names).forEach((name, count) -> counts.merge(name, count, Long::sum));
        int fit = 0;
        long all = 0;
        while (fit < names.size()) {
            all += counts.getOrDefault(names.get(fit), 0L);
            if (fit > 0 && all > mostSteps) {
                break;
            }
            fit++;
        }
        return new Several(steps(names.subList(0, fit), whose), fit);
    }

    private Map<String, Long> counts(String condition, String of, List<String> names) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT %1$s, count(*) FROM trace WHERE %2$s GROUP BY %1$s".formatted(of, condition))) {
            query.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (var rows = query.executeQuery()) {
                var counts = new HashMap<String, Long>();
                while (rows.next()) {
                    counts.put(text(rows, 1), rows.getLong(2));
                }
                return counts;
            }
        }
    }

    /** Of several, one after another. */
    public List<Step> steps(List<String> names, @Nullable Set<String> whose) throws SQLException {
        var messages = byName(OF_MESSAGES, names, Step::queueId);
        var refusals = byName(OF_REFUSALS, names, Step::session);
        return names.stream()
                .distinct()
                .flatMap(name -> Stream.concat(
                        Beginning.before(seen(messages.getOrDefault(name, List.of()), whose)).stream(),
                        Beginning.before(concerning(refusals.getOrDefault(name, List.of()), whose)).stream()))
                .toList();
    }

    private static List<Step> concerning(List<Step> refusals, @Nullable Set<String> whose) {
        return refusals.stream()
                .filter(step -> within(whose, step.sender) || within(whose, step.recipient))
                .toList();
    }

    private static List<Step> seen(List<Step> all, @Nullable Set<String> whose) {
        var steps = all.stream()
                .filter(step -> !PRIVATE.contains(step.step) || within(whose, step.recipient))
                .toList();
        if (whose == null || steps.stream().anyMatch(step -> within(whose, step.sender))) {
            return steps;
        }
        var ours = steps.stream()
                .filter(step -> step.recipient.isEmpty() || within(whose, step.recipient))
                .toList();
        return ours.stream().allMatch(step -> step.recipient.isEmpty()) ? List.of() : ours;
    }

    /** In their order. @param of whose steps they are */
    private Map<String, List<Step>> byName(String condition, List<String> names, Function<Step, String> of)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT coalesce(queue_id, ''), at, %s, sender, recipient, client, rule, reply, detail, session FROM trace
                WHERE %s ORDER BY at, id LIMIT ?""".formatted(STEP, condition))) {
            query.setArray(1, connection.createArrayOf("text", names.toArray()));
            query.setInt(2, mostSteps + 1);
            try (var rows = query.executeQuery()) {
                var steps = new LinkedHashMap<String, List<Step>>();
                for (int i = 0; rows.next(); i++) {
                    var step = i < mostSteps ? step(rows) : cut(step(rows));
                    steps.computeIfAbsent(of.apply(step), none -> new ArrayList<>())
                            .add(step);
                }
                return steps;
            }
        }
    }

    /** In the place of the first that is not shown, and of those behind it. */
    private Step cut(Step next) {
        return new Step(
                next.queueId(), next.at(), "cut", "", "", "", "", "", "only the first " + mostSteps, next.session());
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                text(row, 1),
                time(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                text(row, 7),
                text(row, 8),
                text(row, 9),
                text(row, 10));
    }

    /**
     * One thing that happened.
     *
     * @param queueId empty where it was refused before it had one
     * @param at null where only its place among the others is known
     */
    public record Step(
            String queueId,
            @Nullable Instant at,
            String step,
            String sender,
            String recipient,
            String client,
            String rule,
            String reply,
            String detail,
            String session) {
        Step detail(String value) {
            return new Step(queueId, at, step, sender, recipient, client, rule, reply, value, session);
        }
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
