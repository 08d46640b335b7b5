package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.SettingLog.Known;
import org.mailroom.config.Catalogue;
import org.mailroom.config.MailroomFile;
import org.mailroom.config.Settings;
import org.mailroom.login.Passwords;
import org.mailroom.queue.QueueSettings;

/**
 * Settings change while the server is down, or wait until it starts again: so it compares, at each start, what holds with what held
 * when this node started last, and writes the difference down.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SettingHistory {
    private static final System.Logger LOG = System.getLogger(SettingHistory.class.getName());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Passwords passwords;

    @PostConstruct
    void start() {
        var config = Settings.current();
        try {
            compare(QueueSettings.of(config).node(), GivenSetting.all(Catalogue.load(), config), MailroomFile.path());
        } catch (SQLException | IOException | Passwords.Busy e) {
            LOG.log(System.Logger.Level.WARNING, "settings history=missed", e);
        }
    }

    void compare(String node, Map<String, GivenSetting> given, @Nullable Path file)
            throws SQLException, IOException, Passwords.Busy {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (var connection = database.getConnection()) {
            var log = new SettingLog(connection);
            var last = log.last(node);
            var keys = new TreeSet<>(given.keySet());
            keys.addAll(last.keySet());
            for (var key : keys) {
                var before = last.getOrDefault(key, new Known("", null));
                var after = given.getOrDefault(key, new GivenSetting("", "default"));
                if (!same(key, before, after.value())) {
                    log.add(change(now, node, key, before.value(), after, file), verifier(key, after.value()));
                }
            }
        }
    }

    private boolean same(String key, Known before, String value) throws Passwords.Busy {
        var verifier = before.verifier();
        return verifier == null
                ? before.value().equals(value)
                : !value.isEmpty()
                        && passwords.check("setting " + key, verifier, value).right();
    }

    private @Nullable String verifier(String key, String value) throws Passwords.Busy {
        return value.isEmpty() || !GivenSetting.secret(key)
                ? null
                : passwords.keep(value).verifier();
    }

    private static SettingChange change(
            Instant now, String node, String key, String before, GivenSetting after, @Nullable Path file)
            throws IOException {
        // What is not set any more was taken out of the file, too, most likely.
        boolean written = file != null && Files.exists(file) && after.source().matches("file|default");
        return new SettingChange(
                now,
                node,
                key,
                before,
                GivenSetting.shown(key, after.value()),
                after.source(),
                written ? Files.getOwner(file).getName() : "",
                written ? Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS) : null);
    }
}
