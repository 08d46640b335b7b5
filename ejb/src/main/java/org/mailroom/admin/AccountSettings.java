package org.mailroom.admin;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * How accounts are kept.
 *
 * @param grace how long a removed account can be had back
 * @param shortestPassword characters of a password that somebody chooses
 */
record AccountSettings(Duration grace, int shortestPassword) {
    static final AccountSettings DEFAULT = new AccountSettings(Duration.ofDays(30), 8);

    static AccountSettings of(Config config) {
        var settings = Settings.of(config);
        return new AccountSettings(
                settings.duration("mail.accounts.grace", DEFAULT.grace),
                settings.number("mail.accounts.shortest-password", DEFAULT.shortestPassword, 1, 100));
    }

    static AccountSettings current() {
        return of(Settings.current());
    }
}
