package org.mailroom.content;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;

/**
 * Whether and how rspamd is asked.
 *
 * @param address where it listens, without the path; null where nobody is asked
 * @param timeout from connecting to the last octet of the answer
 * @param availability with at most half of the calls that the wire may have in work
 */
public record RspamdSettings(@Nullable URI address, Duration timeout, Availability availability, SpamLimits limits) {
    public static RspamdSettings of(Config config) {
        var settings = Settings.of(config);
        int calls = settings.number("mail.limits.calls", 64, 1, 120);
        int concurrency = settings.number("mail.content.rspamd.concurrency", 20, 1, 60);
        return new RspamdSettings(
                settings.text("mail.content.rspamd.url")
                        .map(RspamdSettings::address)
                        .orElse(null),
                settings.duration("mail.content.rspamd.timeout", Duration.ofSeconds(10)),
                new Availability(
                        Math.clamp(concurrency, 1, Math.max(1, calls / 2)),
                        settings.choice("mail.content.rspamd.when-down", WhenDown.ACCEPT),
                        settings.number("mail.content.rspamd.failures", 5, 1, 1000),
                        settings.duration("mail.content.rspamd.pause", Duration.ofSeconds(30))),
                new SpamLimits(
                        score(settings, "mail.content.rspamd.junk-score"),
                        score(settings, "mail.content.rspamd.refuse-score"),
                        settings.choice("mail.content.rspamd.sure", SpamLimits.Sure.REFUSE)));
    }

    private static @Nullable Double score(Settings settings, String key) {
        var text = settings.text(key).orElse(null);
        if (text == null) {
            return null;
        }
        if (!text.matches("-?\\d{1,6}(\\.\\d{1,3})?")) {
            throw Settings.wrong(key, text, "a score such as 6 or 7.5");
        }
        return Double.valueOf(text);
    }

    private static URI address(String text) {
        try {
            var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return Settings.wrong("mail.content.rspamd.url", text, "an address such as http://127.0.0.1:11333");
    }
}
