package org.mailroom.feedback;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * Where reports come in.
 *
 * @param addresses of ours, in lower case: whole ones, or local parts that stand for one in each domain
 * @param keep how long what they say is kept
 */
public record FeedbackSettings(List<String> addresses, Duration keep) {
    public FeedbackSettings {
        addresses = List.copyOf(addresses);
    }

    public static FeedbackSettings of(Config config) {
        var settings = Settings.of(config);
        return new FeedbackSettings(
                settings.list("mail.reports.addresses").stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .toList(),
                settings.duration("mail.reports.keep", Duration.ofDays(60)));
    }

    boolean names(String address) {
        var lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        return at > 0 && (addresses.contains(lower) || addresses.contains(lower.substring(0, at)));
    }

    /** The address that a domain should publish (rua=); empty where none of its own is named. */
    public Optional<String> addressOf(String domain) {
        return addresses.stream()
                .filter(address -> !address.contains("@") || address.endsWith("@" + domain))
                .map(address -> address.contains("@") ? address : address + "@" + domain)
                .findFirst();
    }
}
