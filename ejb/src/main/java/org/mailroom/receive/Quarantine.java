package org.mailroom.receive;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.policy.Decision;

/** Messages that were taken and are not delivered until an administrator says so; in the caller's transaction. */
@ApplicationScoped
public class Quarantine {
    private static final String COLUMNS = """
            k.id, k.queue_id, k.message_id, k.reverse_path, k.parameters, k.recipients, k.client, k.rule, k.detail,
            k.created, k.expires, m.size, m.subject, k.moderated""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private Duration kept = Duration.ofDays(30);

    @PostConstruct
    void configure() {
        kept = Settings.of(Settings.current()).duration("mail.quarantine.keep", Duration.ofDays(30));
    }

    /**
     * One message.
     *
     * @param client address and port that it came from
     * @param detail what the policy found
     * @param moderated the group whose moderators decide; empty: an administrator does
     */
    public record Kept(
            long id,
            String queueId,
            long message,
            Envelope envelope,
            String client,
            String rule,
            String detail,
            Instant created,
            Instant expires,
            long size,
            String subject,
            String moderated) {}

    void keep(String queueId, long message, String client, Envelope envelope, Decision decision) {
        insert(queueId, message, client, envelope, decision.rule(), decision.detail(), "");
    }

    /** For the moderators of a group; returns its number. */
    long hold(String queueId, long message, String client, Envelope envelope, String group) {
        return insert(queueId, message, client, envelope, "group", "waits for a moderator of " + group, group);
    }

    Duration keptFor() {
        return kept;
    }

    private long insert(
            String queueId,
            long message,
            String client,
            Envelope envelope,
            String rule,
            String detail,
            String moderated) {
        return with("""
                INSERT INTO quarantined_message (queue_id, message_id, reverse_path, parameters, recipients, client, rule,
                                                 detail, moderated, expires)
                VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, now() + ? * interval '1 second') RETURNING id""", insert -> {
            insert.setString(1, queueId);
            insert.setLong(2, message);
            insert.setString(3, envelope.reversePath());
            insert.setString(4, EnvelopeText.parameters(envelope));
            insert.setString(5, EnvelopeText.recipients(envelope));
            insert.setString(6, client);
            insert.setString(7, rule);
            insert.setString(8, detail);
            insert.setString(9, moderated);
            insert.setLong(10, kept.toSeconds());
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** Those that wait for moderators, oldest first. */
    public List<Kept> moderated(int most) {
        return with(
                "SELECT " + COLUMNS + " FROM quarantined_message k JOIN message m ON m.id = k.message_id"
                        + " WHERE k.moderated <> '' ORDER BY k.id LIMIT ?",
                select -> {
                    select.setInt(1, most);
                    return read(select);
                });
    }

    /** Newest first; what waits for moderators is not among them. */
    public List<Kept> list(int offset, int limit) {
        return with(
                "SELECT " + COLUMNS + " FROM quarantined_message k JOIN message m ON m.id = k.message_id"
                        + " WHERE k.moderated = '' ORDER BY k.id DESC OFFSET ? LIMIT ?",
                select -> {
                    select.setInt(1, offset);
                    select.setInt(2, limit);
                    return read(select);
                });
    }

    /** How many {@link #list} has. */
    public long count() {
        return with("SELECT count(*) FROM quarantined_message WHERE moderated = ''", select -> {
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    public Optional<Kept> find(long id) {
        return one(
                "SELECT " + COLUMNS
                        + " FROM quarantined_message k JOIN message m ON m.id = k.message_id WHERE k.id = ?",
                id);
    }

    /** Takes it out, for whoever asked first. */
    private Optional<Kept> take(long id) {
        return one(
                "DELETE FROM quarantined_message k USING message m WHERE m.id = k.message_id AND k.id = ? RETURNING "
                        + COLUMNS,
                id);
    }

    /** Takes it out for good. */
    Optional<Kept> drop(long id) {
        var gone = take(id);
        gone.ifPresent(kept -> with("INSERT INTO message_release (message_id) VALUES (?)", insert -> {
            insert.setLong(1, kept.message());
            return insert.executeUpdate();
        }));
        return gone;
    }

    /** Drops what nobody asked for in time. */
    List<Kept> expire() {
        return with(
                "WITH gone AS (DELETE FROM quarantined_message k USING message m WHERE m.id = k.message_id AND k.expires < now()"
                        + " RETURNING " + COLUMNS + "),"
                        + " released AS (INSERT INTO message_release (message_id) SELECT message_id FROM gone)"
                        + " SELECT * FROM gone ORDER BY id",
                Quarantine::read);
    }

    private Optional<Kept> one(String sql, long id) {
        return with(sql, statement -> {
            statement.setLong(1, id);
            return read(statement).stream().findFirst();
        });
    }

    private static List<Kept> read(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<Kept>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(kept(rows));
            }
        }
        return found;
    }

    private static Kept kept(ResultSet row) throws SQLException {
        var subject = row.getString(13);
        return new Kept(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                EnvelopeText.read(row.getString(4), row.getString(5), row.getString(6)),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getLong(12),
                subject == null ? "" : subject,
                row.getString(14));
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Work<T> work) {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the quarantine does not answer", e);
        }
    }
}
