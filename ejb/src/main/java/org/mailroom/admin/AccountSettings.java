package org.mailroom.admin;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * How accounts are kept.
 *
 * @param grace how long a removed account can be had back
 * @param shortestPassword characters of a password that somebody chooses
 * @param secondFactor of whom the console demands one
 */
record AccountSettings(Duration grace, int shortestPassword, SecondFactorPolicy secondFactor) {
    static final AccountSettings DEFAULT = new AccountSettings(Duration.ofDays(30), 8, SecondFactorPolicy.OPTIONAL);

    static AccountSettings of(Config config) {
        var settings = Settings.of(config);
        return new AccountSettings(
                settings.duration("mail.accounts.grace", DEFAULT.grace),
                settings.number("mail.accounts.shortest-password", DEFAULT.shortestPassword, 1, 100),
                settings.choice("mail.accounts.second-factor", DEFAULT.secondFactor));
    }

    static AccountSettings current() {
        return of(Settings.current());
    }
}
