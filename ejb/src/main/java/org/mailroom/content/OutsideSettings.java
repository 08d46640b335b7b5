package org.mailroom.content;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * Beans of other applications that are asked.
 *
 * @param beans names of theirs, which follow {@link org.mailroom.contract.policy.OutsidePolicyMXBean#NAME}
 * @param availability of each, with at most a quarter of the calls that the wire may have in work
 */
record OutsideSettings(List<String> beans, Duration timeout, Availability availability) {
    OutsideSettings {
        beans = List.copyOf(beans);
    }

    static OutsideSettings of(Config config) {
        var settings = Settings.of(config);
        int calls = settings.number("mail.limits.calls", 64, 1, 120);
        var beans = settings.list("mail.policy.beans");
        for (var bean : beans) {
            if (!bean.matches("[\\w.-]{1,100}")) {
                throw Settings.wrong("mail.policy.beans", bean, "names of letters, digits, dots and hyphens");
            }
        }
        return new OutsideSettings(
                beans,
                settings.duration("mail.policy.beans.timeout", Duration.ofSeconds(5)),
                new Availability(
                        Math.max(1, calls / 4),
                        settings.choice("mail.policy.beans.when-down", WhenDown.ACCEPT),
                        settings.number("mail.policy.beans.failures", 5, 1, 1000),
                        settings.duration("mail.policy.beans.pause", Duration.ofSeconds(30))));
    }
}
