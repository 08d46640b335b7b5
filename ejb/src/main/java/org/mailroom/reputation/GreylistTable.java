package org.mailroom.reputation;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;

/** Who was asked to come again, and who did. A name is a text of any length; only its digest is kept. */
@ApplicationScoped
public class GreylistTable {
    private static final int KEY = 16;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    /**
     * @param passed how often he was let in, this time included
     * @param seconds until he will be
     * @param isNew whether he was not known before, and is now
     */
    record Visit(int passed, long seconds, boolean isNew) {}

    /** Messages that came through under a name. */
    int passed(String name) {
        return with("SELECT passed FROM greylist WHERE triplet = ?", select -> {
            select.setBytes(1, key(name));
            try (var row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        });
    }

    Visit visit(String name, Duration delay) {
        return with("""
                INSERT INTO greylist AS known (triplet) VALUES (?) ON CONFLICT (triplet) DO UPDATE SET last = now(),
                    passed = known.passed + (known.first <= now() - ? * interval '1 second')::integer
                RETURNING passed, ceil(extract(epoch FROM first - now()) + ?), xmax = 0""", insert -> {
            insert.setBytes(1, key(name));
            insert.setLong(2, delay.toSeconds());
            insert.setLong(3, delay.toSeconds());
            try (var row = insert.executeQuery()) {
                row.next();
                return new Visit(row.getInt(1), row.getLong(2), row.getBoolean(3));
            }
        });
    }

    /** The same of one who is known; nobody else is noted. */
    Visit visitAgain(String name, Duration delay) {
        return with("""
                UPDATE greylist SET last = now(), passed = passed + (first <= now() - ? * interval '1 second')::integer
                WHERE triplet = ? RETURNING passed, ceil(extract(epoch FROM first - now()) + ?)""", update -> {
            update.setLong(1, delay.toSeconds());
            update.setBytes(2, key(name));
            update.setLong(3, delay.toSeconds());
            try (var row = update.executeQuery()) {
                return row.next()
                        ? new Visit(row.getInt(1), row.getLong(2), false)
                        : new Visit(0, delay.toSeconds(), false);
            }
        });
    }

    /** One more that came through. */
    void count(String name) {
        with("""
                INSERT INTO greylist AS known (triplet, passed) VALUES (?, 1)
                ON CONFLICT (triplet) DO UPDATE SET last = now(), passed = known.passed + 1""", insert -> {
            insert.setBytes(1, key(name));
            return insert.executeUpdate();
        });
    }

    /** Forgets who did not come again in time, and who was not seen for long; returns how many. */
    int forget(Duration within, Duration keep) {
        return with("""
                DELETE FROM greylist WHERE last < now() - ? * interval '1 second'
                    OR passed = 0 AND first < now() - ? * interval '1 second'""", delete -> {
            delete.setLong(1, keep.toSeconds());
            delete.setLong(2, within.toSeconds());
            return delete.executeUpdate();
        });
    }

    private static byte[] key(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, KEY);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Work<T> work) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the greylist does not answer", e);
        }
    }
}
