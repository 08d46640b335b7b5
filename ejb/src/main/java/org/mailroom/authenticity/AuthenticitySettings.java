package org.mailroom.authenticity;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/**
 * How mail from outside is judged by where it comes from.
 *
 * @param hostname ours, in Authentication-Results
 * @param spf what is done where SPF fails
 * @param dmarc what is done, at most, where DMARC fails and the owner wishes it
 * @param sealers domains whose ARC seal is believed
 * @param timeout for all look-ups of a message
 * @param overlap how long the record of a key stays published after it signed
 * @param concurrency messages at a time; at most half of the calls that the wire may have in work
 */
public record AuthenticitySettings(
        String hostname,
        Handling spf,
        Handling dmarc,
        List<String> sealers,
        Duration timeout,
        Duration overlap,
        int concurrency) {
    /** Nothing is checked. */
    static final AuthenticitySettings NONE = new AuthenticitySettings(
            "localhost", Handling.OFF, Handling.OFF, List.of(), Duration.ofSeconds(1), Duration.ofDays(7), 1);

    public AuthenticitySettings {
        sealers = List.copyOf(sealers);
    }

    public static AuthenticitySettings of(Config config) {
        var settings = Settings.of(config);
        int calls = settings.number("mail.limits.calls", 64, 1, 120);
        return new AuthenticitySettings(
                HostName.of(config),
                settings.choice("mail.authenticity.spf", Handling.REPORT),
                settings.choice("mail.authenticity.dmarc", Handling.REPORT),
                settings.list("mail.authenticity.trusted-sealers").stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList(),
                settings.duration("mail.authenticity.timeout", Duration.ofSeconds(20)),
                settings.duration("mail.authenticity.dkim-overlap", Duration.ofDays(7)),
                Math.max(1, calls / 2));
    }
}
