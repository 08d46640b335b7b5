package org.mailroom.maildrop;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * What holds where neither domain nor account has a policy of its own.
 *
 * @param loginDelay between two logins of an account; zero for none
 */
record PopSettings(PopPolicy policy, Duration loginDelay) {
    static PopSettings of(Config config) {
        var settings = Settings.of(config);
        var expire = settings.text("mail.pop3.expire", "never");
        return new PopSettings(
                new PopPolicy(
                        Expire.parse(expire)
                                .orElseThrow(() -> Settings.wrong(
                                        "mail.pop3.expire", expire, "never, on-fetch, 14-days-after-fetch or 90-days")),
                        settings.choice("mail.pop3.show", PopPolicy.Show.ALL),
                        settings.flag("mail.pop3.mark-seen", false)),
                settings.text("mail.pop3.login-delay").isEmpty()
                        ? Duration.ZERO
                        : settings.duration("mail.pop3.login-delay", Duration.ofSeconds(1)));
    }
}
