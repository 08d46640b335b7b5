package org.mailroom.directory;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/** @param domain whose postmaster the bare {@code postmaster} is; empty: that of the oldest domain */
record DirectorySettings(Optional<String> domain) {
    static DirectorySettings of(Config config) {
        return new DirectorySettings(Settings.of(config).text("mail.domain").map(DirectorySettings::domain));
    }

    private static String domain(String text) {
        try {
            return MailDomain.parseOurs(text).name();
        } catch (BadAddress e) {
            throw Settings.wrong("mail.domain", text, "a mail domain such as example.org");
        }
    }
}
