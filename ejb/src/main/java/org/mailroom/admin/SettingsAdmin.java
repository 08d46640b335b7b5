package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Catalogue;
import org.mailroom.config.MailroomFile;
import org.mailroom.config.Settings;

/** What is configured, who said so, and what became of it over time. To change a setting is the operator's. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class SettingsAdmin {
    private static final int MOST = 1000;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    /** All keys that there are, in the order of their names. */
    public List<SettingInfo> settings() {
        var catalogue = Catalogue.load();
        var given = GivenSetting.all(catalogue, Settings.current());
        var file = file().orElse(null);
        return catalogue.entries().values().stream()
                .map(entry -> info(entry, given, file))
                .sorted(Comparator.comparing(SettingInfo::key))
                .toList();
    }

    /** What is wrong with the file as it is now, so that the next start would fail; empty where nothing is. */
    public String problem() {
        try {
            MailroomFile.now();
            return "";
        } catch (UncheckedIOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private static Optional<Map<String, String>> file() {
        try {
            return Optional.of(MailroomFile.now().getProperties());
        } catch (UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    /** @param file what it says now; null where that is not known */
    static SettingInfo info(
            Catalogue.Entry entry, Map<String, GivenSetting> given, @Nullable Map<String, String> file) {
        var key = entry.key();
        var known = given.get(key);
        return new SettingInfo(
                key,
                known == null ? entry.otherwise() : GivenSetting.shown(key, known.value()),
                entry.otherwise(),
                known == null ? "default" : known.source(),
                entry.description(),
                entry.launcher() ? "setup" : "start",
                file == null ? null : waiting(entry, known, file.getOrDefault(key, "")));
    }

    private static @Nullable String waiting(Catalogue.Entry entry, @Nullable GivenSetting known, String now) {
        boolean ofFile = known == null || known.source().equals("file");
        if (!ofFile || now.equals(known == null ? "" : known.value())) {
            return null;
        }
        return now.isEmpty() ? entry.otherwise() : GivenSetting.shown(entry.key(), now);
    }

    /** What changed from one start to another, newest first. @param filter a part of a key or a node; empty: all */
    public Page<SettingChange> history(String filter, int offset, int limit) {
        try (var connection = database.getConnection()) {
            return new SettingLog(connection).find(filter.strip(), Math.max(0, offset), Math.clamp(limit, 1, MOST));
        } catch (SQLException e) {
            throw new IllegalStateException("the history of the settings cannot be read", e);
        }
    }
}
