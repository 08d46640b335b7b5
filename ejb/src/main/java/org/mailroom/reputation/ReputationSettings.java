package org.mailroom.reputation;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/**
 * What is looked at, and how much it weighs.
 *
 * @param hostname ours, which nobody else has
 * @param blockLists zones that list addresses of those who send spam
 * @param listed what comes of being on one of them
 * @param allowLists zones that list addresses of those who do not
 * @param lookups questions about clients at a time
 */
record ReputationSettings(
        String hostname,
        Weight greeting,
        Weight reverseName,
        List<String> blockLists,
        Weight listed,
        List<String> allowLists,
        int lookups,
        Greylisting greylisting) {
    ReputationSettings {
        blockLists = List.copyOf(blockLists);
        allowLists = List.copyOf(allowLists);
    }

    /**
     * @param delay after which one who comes again is let in
     * @param within how long he must have come again
     * @param keep how long he is remembered after he was last seen
     * @param known messages that a network got through, after which none of its senders waits any more
     */
    record Greylisting(boolean on, Duration delay, Duration within, Duration keep, int known) {}

    static final ReputationSettings NONE = new ReputationSettings(
            "localhost",
            Weight.OFF,
            Weight.OFF,
            List.of(),
            Weight.OFF,
            List.of(),
            1,
            new Greylisting(false, Duration.ofMinutes(5), Duration.ofDays(2), Duration.ofDays(36), 5));

    static ReputationSettings of(Config config) {
        var settings = Settings.of(config);
        int calls = settings.number("mail.limits.calls", 64, 1, 120);
        return new ReputationSettings(
                HostName.of(config),
                settings.choice("mail.policy.helo", Weight.OFF),
                settings.choice("mail.policy.reverse-name", Weight.OFF),
                zones(settings, "mail.policy.block-lists"),
                settings.choice("mail.policy.listed", Weight.JUNK),
                zones(settings, "mail.policy.allow-lists"),
                Math.max(1, calls / 4),
                new Greylisting(
                        settings.flag("mail.policy.greylist", false),
                        settings.duration("mail.policy.greylist.delay", Duration.ofMinutes(5)),
                        settings.duration("mail.policy.greylist.within", Duration.ofDays(2)),
                        settings.duration("mail.policy.greylist.keep", Duration.ofDays(36)),
                        settings.number("mail.policy.greylist.known", 5, 1, 1000)));
    }

    private static List<String> zones(Settings settings, String key) {
        var zones = settings.list(key);
        for (var zone : zones) {
            if (!zone.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.?")) {
                throw Settings.wrong(key, zone, "domains, such as list.example.org");
            }
        }
        return zones.size() <= 20 ? zones : zones.subList(0, 20);
    }
}
