package org.mailroom.authenticity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How strict single domains of ours are; all of it lies in memory, and a change is seen within seconds. */
@ApplicationScoped
public class DomainHandling {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final Recent<Map<String, Wish>> wishes;

    public DomainHandling() {
        wishes = new Recent<>(Recent.AGE, this::all);
    }

    DomainHandling(DataSource database, Duration age) {
        this.database = database;
        wishes = new Recent<>(age, this::all);
    }

    /**
     * What a domain wishes.
     *
     * @param spf null: as the settings say
     * @param dmarc null: as the settings say
     */
    public record Wish(@Nullable Handling spf, @Nullable Handling dmarc) {}

    /** By domain, for mail. */
    Map<String, Wish> wishes() {
        return wishes.get();
    }

    /** By domain, in order of name, as the table has it now. */
    public Map<String, Wish> all() {
        var sql = "SELECT d.name, p.spf, p.dmarc FROM authenticity_policy p JOIN domain d ON d.id = p.domain_id";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new TreeMap<String, Wish>();
            while (rows.next()) {
                found.put(rows.getString(1), new Wish(handling(rows.getString(2)), handling(rows.getString(3))));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("how strict domains are cannot be read", e);
        }
    }

    private static @Nullable Handling handling(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(word -> Handling.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(null);
    }

    /** Takes the place of what the domain wished before, in the caller's transaction; where both are null, it wishes nothing. */
    public void put(String domain, Wish wish) {
        update("DELETE FROM authenticity_policy WHERE domain_id = (SELECT id FROM domain WHERE name = ?)", domain);
        if (wish.spf() != null || wish.dmarc() != null) {
            update(
                    "INSERT INTO authenticity_policy (spf, dmarc, domain_id) SELECT ?, ?, id FROM domain WHERE name = ?",
                    word(wish.spf()),
                    word(wish.dmarc()),
                    domain);
        }
    }

    private static @Nullable String word(@Nullable Handling handling) {
        return handling == null ? null : handling.name().toLowerCase(Locale.ROOT);
    }

    private void update(String sql, @Nullable String... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("how strict domains are cannot be written", e);
        }
    }
}
