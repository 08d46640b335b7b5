package org.mailroom.receive;

import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/** Who is told the truth by VRFY and EXPN (RFC 5321 §7.3). */
record LookupSettings(Audience audience) {
    enum Audience {
        NOBODY,
        /** Users who logged in, and trusted networks. */
        TRUSTED,
        ANYBODY
    }

    static LookupSettings of(Config config) {
        return new LookupSettings(Settings.of(config).choice("mail.smtp.lookups", Audience.TRUSTED));
    }
}
