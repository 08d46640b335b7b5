package org.mailroom.content;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;

/**
 * Whether and how clamd is asked.
 *
 * @param address {@code host:port} or {@code unix:/path}; null where nobody is asked
 * @param timeout from connecting to its answer
 * @param largest octets of a message that it is asked about
 * @param found what becomes of a message with a virus
 * @param availability with at most a quarter of the calls that the wire may have in work
 */
public record ClamavSettings(
        @Nullable ClamdAddress address, Duration timeout, long largest, Found found, Availability availability) {
    /** What becomes of a message with a virus. */
    enum Found {
        REFUSE,
        QUARANTINE
    }

    public static ClamavSettings of(Config config) {
        var settings = Settings.of(config);
        int calls = settings.number("mail.limits.calls", 64, 1, 120);
        int concurrency = settings.number("mail.content.clamav.concurrency", 10, 1, 30);
        return new ClamavSettings(
                settings.text("mail.content.clamav.address")
                        .map(ClamdAddress::parse)
                        .orElse(null),
                settings.duration("mail.content.clamav.timeout", Duration.ofSeconds(30)),
                settings.number("mail.content.clamav.largest", 25_000_000, 1000, 4_000_000_000L),
                settings.choice("mail.content.clamav.found", Found.REFUSE),
                new Availability(
                        Math.clamp(concurrency, 1, Math.max(1, calls / 4)),
                        settings.choice("mail.content.clamav.when-down", WhenDown.ACCEPT),
                        settings.number("mail.content.clamav.failures", 5, 1, 1000),
                        settings.duration("mail.content.clamav.pause", Duration.ofSeconds(30))));
    }
}
