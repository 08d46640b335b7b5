package org.mailroom.directory;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.config.Settings;

/** In which language the server writes to somebody. */
@ApplicationScoped
public class Languages {
    /** Those that it knows. */
    public static final List<String> KNOWN = List.of("en", "de");

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private Locale own = Locale.ENGLISH;

    @PostConstruct
    void configure() {
        own = Locale.of(Settings.of(Settings.current())
                .choice("mail.accounts.language", Known.EN)
                .name()
                .toLowerCase(Locale.ROOT));
    }

    private enum Known {
        EN,
        DE
    }

    /** The account's own, or the server's. */
    public Locale of(String address) {
        return chosen(address)
                .filter(language -> !language.isEmpty())
                .map(Locale::of)
                .orElse(own);
    }

    /** What was chosen for an account, empty where nothing was; nothing at all where there is no such account. */
    public Optional<String> chosen(String address) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("SELECT a.language FROM account a JOIN domain d"
                        + " ON d.id = a.domain_id WHERE a.local_part = ? AND d.name = ?")) {
            var parsed = MailAddress.parse(address);
            select.setString(1, parsed.key());
            select.setString(2, parsed.domain());
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (BadAddress e) {
            return Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** In the caller's transaction. @param language one of those known; empty: the server's */
    public void choose(MailAddress address, String language) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("UPDATE account a SET language = ? FROM domain d"
                        + " WHERE d.id = a.domain_id AND a.local_part = ? AND d.name = ?")) {
            update.setString(1, language);
            update.setString(2, address.key());
            update.setString(3, address.domain());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }
}
