package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The domains for which something waits, or that are paused, as administration sees and changes them. */
@Stateless
public class Destinations {
    private static final int MOST = 1000;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<TermsChanged> changed;

    /**
     * How it stands with a domain; recipients are counted.
     *
     * @param oldest when the message that waits longest was accepted; null: nothing waits
     * @param lastReply the youngest
     * @param pausedBy empty: it is not paused
     */
    public record Listed(
            String domain,
            int waiting,
            int sending,
            int held,
            int poison,
            @Nullable Instant oldest,
            @Nullable Instant nextAttempt,
            String lastReply,
            String pausedBy,
            @Nullable Instant pausedAt) {}

    /** At most a thousand; those with the most recipients first. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Listed> list() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT coalesce(r.domain, d.domain), count(*) FILTER (WHERE r.state = 'waiting'),
                            count(*) FILTER (WHERE r.state = 'sending'), count(*) FILTER (WHERE r.state = 'held'),
                            count(*) FILTER (WHERE r.state = 'poison'), min(q.created),
                            min(r.next_attempt) FILTER (WHERE r.state = 'waiting'),
                            coalesce((array_agg(ltrim(r.last_status || ' ' || r.last_text)
                                ORDER BY r.last_attempt DESC NULLS LAST))[1], ''),
                            coalesce(max(d.paused_by), ''), max(d.paused_at)
                        FROM queued_recipient r JOIN queued_message q ON q.id = r.queued_id
                        FULL JOIN (SELECT * FROM destination WHERE paused_by <> '') d ON d.domain = r.domain
                        GROUP BY coalesce(r.domain, d.domain) ORDER BY count(r.id) DESC, 1 LIMIT\s""" + MOST);
                var rows = query.executeQuery()) {
            var found = new ArrayList<Listed>();
            while (rows.next()) {
                found.add(listed(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the queue does not answer", e);
        }
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                Columns.text(row, 1),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                Columns.timeOrNull(row, 6),
                Columns.timeOrNull(row, 7),
                Columns.text(row, 8),
                Columns.text(row, 9),
                Columns.timeOrNull(row, 10));
    }

    /** Nothing leaves for the domain from now on; clocks go on. False where it was paused. */
    public boolean pause(String domain, String who) {
        boolean done = update("""
                INSERT INTO destination AS d (domain, paused_by, paused_at) VALUES (?, ?, now())
                ON CONFLICT (domain) DO UPDATE SET paused_by = excluded.paused_by, paused_at = now()
                WHERE d.paused_by = ''""", domain, who);
        changed.fire(new TermsChanged());
        return done;
    }

    /** False where it was not paused. */
    public boolean resume(String domain) {
        boolean done = update("""
                UPDATE destination SET paused_by = '', paused_at = NULL WHERE domain = ? AND paused_by <> ''""", domain);
        if (done) {
            changed.fire(new TermsChanged());
            update("""
                    UPDATE queued_recipient SET next_attempt = now()
                    WHERE domain = ? AND state = 'waiting' AND last_status = '4.3.2' AND last_host = ''""", domain);
        }
        return done;
    }

    private boolean update(String sql, String... values) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            return update.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the destination was not changed", e);
        }
    }
}
