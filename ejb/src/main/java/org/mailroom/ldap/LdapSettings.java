package org.mailroom.ldap;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * How long a directory is waited for, and by how many.
 *
 * @param connect for a connection
 * @param answer for an answer
 * @param places how many ask one directory at a time, for mail; as many again for logins
 * @param pause for how long nobody asks a directory that did not answer
 * @param strangers how long nobody asks again for an address that nobody has
 */
record LdapSettings(Duration connect, Duration answer, int places, Duration pause, Duration strangers) {
    static LdapSettings of(Config config) {
        var settings = Settings.of(config);
        return new LdapSettings(
                settings.duration("mail.directory.connect-timeout", Duration.ofSeconds(5)),
                settings.duration("mail.directory.answer-timeout", Duration.ofSeconds(5)),
                settings.number("mail.directory.concurrency", 12, 1, 100),
                settings.duration("mail.directory.pause", Duration.ofSeconds(10)),
                settings.duration("mail.directory.remember-strangers", Duration.ofMinutes(5)));
    }
}
