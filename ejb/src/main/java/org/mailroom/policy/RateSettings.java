package org.mailroom.policy;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * How much mail is taken in a period; 0 is any amount.
 *
 * @param address messages from one address of a client who did not log in
 * @param user recipients of one who logged in
 * @param domain recipients of mail from one sender domain
 * @param exempt networks for which none of it holds
 */
record RateSettings(int address, int user, int domain, Duration period, List<Network> exempt) {
    private static final int MOST = 100_000_000;

    RateSettings {
        exempt = List.copyOf(exempt);
    }

    static RateSettings of(Config config) {
        var settings = Settings.of(config);
        return new RateSettings(
                settings.number("mail.limits.rate.address", 0, 0, MOST),
                settings.number("mail.limits.rate.user", 20_000, 0, MOST),
                settings.number("mail.limits.rate.domain", 0, 0, MOST),
                settings.duration("mail.limits.rate.period", Duration.ofHours(1)),
                settings.list("mail.limits.exempt").stream().map(Network::parse).toList());
    }
}
