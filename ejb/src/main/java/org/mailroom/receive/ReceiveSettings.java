package org.mailroom.receive;

import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/**
 * How mail is taken in.
 *
 * @param hostname our name in Received
 * @param hops Received fields above which a message goes round in a circle (RFC 5321 §6.3: at least 100)
 */
public record ReceiveSettings(String hostname, int hops) {
    public static ReceiveSettings of(Config config) {
        return new ReceiveSettings(HostName.of(config), Settings.of(config).number("mail.limits.hops", 100, 1, 1000));
    }
}
