package org.mailroom.rules;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Mail of the last days as the trace tells of it, for the dry run of a rule. */
@ApplicationScoped
public class PastMail {
    /** Of so many a dry run tells, the newest. */
    private static final int MOST = 20_000;

    private static final Pattern CLIENT = Pattern.compile("\\[(?:IPv6:)?([0-9A-Fa-f:.]+)]:\\d+");
    private static final Pattern DETAIL = Pattern.compile("(\\w[\\w-]*)=(\\S*)");

    /** As they were named; not those to whom an alias, a forward or a group led, nor what the queue did later. */
    private static final String NAMED = """
            SELECT DISTINCT t.recipient FROM trace t WHERE t.queue_id = r.queue_id AND t.recipient <> '' AND t.rule <> 'queue'
                AND (t.step IN ('expanded', 'quarantined')
                    OR t.step IN ('delivered', 'queued') AND t.detail NOT LIKE '%by way of %'
                    OR t.step IN ('discarded', 'failed') AND t.rule <> '') LIMIT 100""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    /**
     * One message that was taken.
     *
     * @param seen as far as the trace knows; of attachments and most fields it knows nothing
     */
    public record Message(Instant at, String queueId, String sender, List<String> recipients, Seen seen) {
        public Message {
            recipients = List.copyOf(recipients);
        }
    }

    public List<Message> of(int days) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("""
                        SELECT r.at, r.queue_id, r.sender, r.client, r.detail, ARRAY(%s)
                        FROM trace r WHERE r.step = 'received' AND r.client <> '' AND r.at > now() - ? * interval '1 day'
                        ORDER BY r.at DESC LIMIT ?""".formatted(NAMED))) {
            select.setInt(1, days);
            select.setInt(2, MOST);
            var messages = new ArrayList<Message>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    messages.add(message(rows));
                }
            }
            return messages;
        } catch (SQLException e) {
            throw new IllegalStateException("the trace does not answer", e);
        }
    }

    private static Message message(ResultSet row) throws SQLException {
        var sender = row.getString(3);
        var recipients = List.of((String[]) row.getArray(6).getArray());
        return new Message(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getString(2),
                sender,
                recipients,
                seen(sender, recipients, row.getString(4), row.getString(5)));
    }

    /** Where the detail is one of an incoming message: {@code helo=… with=… size=… subject=…}, the subject last. */
    static Seen seen(String sender, List<String> recipients, String client, String detail) {
        int end = detail.indexOf(" subject=");
        var subject = end < 0 ? null : detail.substring(end + " subject=".length());
        var words = new HashMap<String, String>();
        Matcher word = DETAIL.matcher(end < 0 ? detail : detail.substring(0, end));
        while (word.find()) {
            words.putIfAbsent(word.group(1), word.group(2));
        }
        var facts = facts(words.getOrDefault("facts", ""));
        var size = words.get("size");
        return new Seen(
                address(client),
                words.get("helo"),
                words.containsKey("tls") ? "yes" : "no",
                null,
                words.getOrDefault("login", ""),
                sender,
                recipients,
                size == null || !size.matches("\\d{1,15}") ? null : Long.valueOf(size),
                name -> header(name, subject, words.get("message-id")),
                () -> null,
                () -> null,
                name -> Optional.ofNullable(facts.get(name)));
    }

    private static @Nullable List<String> header(String name, @Nullable String subject, @Nullable String messageId) {
        return switch (name) {
            case "subject" -> subject == null ? null : List.of(subject);
            case "message-id" -> messageId == null ? List.of() : List.of(messageId);
            default -> null;
        };
    }

    private static Map<String, String> facts(String text) {
        var facts = new HashMap<String, String>();
        Arrays.stream(text.split(",", -1))
                .map(fact -> fact.split(":", 2))
                .filter(fact -> fact.length == 2)
                .forEach(fact -> facts.put(fact[0], fact[1]));
        return facts;
    }

    private static @Nullable InetAddress address(String client) {
        Matcher literal = CLIENT.matcher(client);
        return literal.matches() ? InetAddress.ofLiteral(literal.group(1)) : null;
    }
}
