package org.mailroom.authenticity;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/**
 * What becomes of the counts of DMARC.
 *
 * @param keep how long they are kept
 * @param reports whether the owners of domains get them
 * @param submitter our name in those reports
 * @param contact an address of ours
 */
public record DmarcSettings(Duration keep, boolean reports, String submitter, String contact) {
    static final DmarcSettings STANDARD =
            new DmarcSettings(Duration.ofDays(60), false, "localhost", "postmaster@localhost");

    public static DmarcSettings of(Config config) {
        var settings = Settings.of(config);
        var hostname = HostName.of(config);
        return new DmarcSettings(
                settings.duration("mail.authenticity.keep", Duration.ofDays(60)),
                settings.flag("mail.authenticity.reports", false),
                hostname,
                settings.text("mail.authenticity.report-contact").orElse("postmaster@" + hostname));
    }
}
