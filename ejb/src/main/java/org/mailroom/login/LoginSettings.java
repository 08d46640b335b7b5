package org.mailroom.login;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * How guessing is slowed.
 *
 * @param failuresPerAccount wrong passwords for one name that cost nothing
 * @param failuresPerAddress wrong passwords from one client that cost nothing
 * @param longestWait after however many
 * @param exempt networks that nothing slows
 * @param sha1 whether SCRAM-SHA-1 is offered, so that keys are kept for it
 * @param remembered how long a password counts as right that a directory of others found right
 */
record LoginSettings(
        int failuresPerAccount,
        int failuresPerAddress,
        Duration longestWait,
        List<Network> exempt,
        boolean sha1,
        Duration remembered) {
    LoginSettings {
        exempt = List.copyOf(exempt);
    }

    static LoginSettings of(Config config) {
        var settings = Settings.of(config);
        return new LoginSettings(
                settings.number("mail.login.failures-per-account", 5, 1, 1000),
                settings.number("mail.login.failures-per-address", 20, 1, 100_000),
                settings.duration("mail.login.longest-wait", Duration.ofMinutes(15)),
                settings.list("mail.limits.exempt").stream()
                        .map(LoginSettings::network)
                        .toList(),
                settings.list("mail.login.mechanisms").stream()
                        .anyMatch(name -> name.toUpperCase(Locale.ROOT).startsWith("SCRAM-SHA-1")),
                settings.duration("mail.directory.remember-passwords", Duration.ofMinutes(10)));
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw Settings.wrong("mail.limits.exempt", text, "networks such as 127.0.0.0/8 or 2001:db8::/32");
        }
    }
}
