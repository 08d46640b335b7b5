package org.mailroom.authenticity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How strict single domains of ours are; all of it lies in memory, and is read again after a while. */
@ApplicationScoped
public class DomainHandling {
    private static final Duration AGE = Duration.ofSeconds(30);

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final ReentrantLock reading = new ReentrantLock();
    private volatile Map<String, Wish> wishes = Map.of();
    private volatile Instant readAt = Instant.MIN;

    /**
     * What a domain wishes.
     *
     * @param spf null: as the settings say
     * @param dmarc null: as the settings say
     */
    public record Wish(@Nullable Handling spf, @Nullable Handling dmarc) {}

    public Map<String, Wish> all() {
        if (readAt.plus(AGE).isBefore(Instant.now()) && reading.tryLock()) {
            try {
                wishes = read();
                readAt = Instant.now();
            } finally {
                reading.unlock();
            }
        }
        return wishes;
    }

    /** A change was made here. */
    public void forget() {
        readAt = Instant.MIN;
    }

    private Map<String, Wish> read() {
        var sql = "SELECT d.name, p.spf, p.dmarc FROM authenticity_policy p JOIN domain d ON d.id = p.domain_id";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new HashMap<String, Wish>();
            while (rows.next()) {
                found.put(rows.getString(1), new Wish(handling(rows.getString(2)), handling(rows.getString(3))));
            }
            return Map.copyOf(found);
        } catch (SQLException e) {
            throw new IllegalStateException("how strict domains are cannot be read", e);
        }
    }

    private static @Nullable Handling handling(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(word -> Handling.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(null);
    }
}
