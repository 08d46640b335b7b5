package org.mailroom.directory;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * What addresses mean beyond the tables.
 *
 * @param domain whose postmaster the bare {@code postmaster} is; empty: that of the oldest domain
 * @param separator between an address and a tag that its owner chooses (RFC 5233); empty where there are no sub-addresses
 */
record DirectorySettings(Optional<String> domain, String separator) {
    private static final String SEPARATOR = "+";

    static final DirectorySettings DEFAULT = new DirectorySettings(Optional.empty(), SEPARATOR);

    static DirectorySettings of(Config config) {
        var settings = Settings.of(config);
        return new DirectorySettings(
                settings.text("mail.domain").map(DirectorySettings::domain),
                separator(settings.text("mail.addresses.separator", SEPARATOR)));
    }

    private static String domain(String text) {
        try {
            return MailDomain.parseOurs(text).name();
        } catch (BadAddress e) {
            throw Settings.wrong("mail.domain", text, "a mail domain such as example.org");
        }
    }

    private static String separator(String text) {
        if (text.equals("none")) {
            return "";
        }
        if (!text.matches("[-+=_#!]")) {
            throw Settings.wrong("mail.addresses.separator", text, "one of + - = _ # !, or none");
        }
        return text;
    }

    /** The local part before the first separator; empty where it has none, or nothing before it. */
    Optional<String> withoutTag(String localPart) {
        int end = separator.isEmpty() ? -1 : localPart.indexOf(separator);
        return end > 0 ? Optional.of(localPart.substring(0, end)) : Optional.empty();
    }
}
