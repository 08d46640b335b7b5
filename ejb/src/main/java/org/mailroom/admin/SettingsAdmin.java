package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Catalogue;
import org.mailroom.config.Settings;

/** What is configured, and who said so. Settings are read when the server starts; to change one is the operator's. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class SettingsAdmin {
    private static final Pattern SECRET = Pattern.compile("password|secret|token|database\\.url");

    /** All keys that there are, in the order of their names. */
    public List<SettingInfo> settings() {
        var config = Settings.current();
        return Catalogue.load().entries().values().stream()
                .map(entry -> info(entry, config))
                .sorted(Comparator.comparing(SettingInfo::key))
                .toList();
    }

    private static SettingInfo info(Catalogue.Entry entry, Config config) {
        var known = config.getConfigValue(entry.key());
        var value = known.getValue();
        boolean given = value != null && !value.isEmpty();
        return new SettingInfo(
                entry.key(),
                !given ? entry.otherwise() : SECRET.matcher(entry.key()).find() ? "•••" : value,
                entry.otherwise(),
                given ? source(known.getSourceOrdinal()) : "default",
                entry.description());
    }

    /** MicroProfile Config orders its sources: system properties 400, environment 300, ours 200. */
    private static String source(int ordinal) {
        return ordinal >= 400 ? "system" : ordinal >= 300 ? "environment" : ordinal >= 200 ? "file" : "default";
    }
}
