package org.mailroom.transport;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;
import org.mailroom.contract.relay.Authorities;

/**
 * How mail that leaves is protected.
 *
 * @param demand for domains without a rule of their own
 * @param dane whether TLSA records are asked for
 * @param sts whether MTA-STS policies are asked for
 * @param fetch how long a policy may take
 * @param reports whether TLS reports are sent
 * @param contact who answers for them
 * @param keep how long it is kept how connections went
 * @param authorities who may vouch for hosts and web servers
 */
public record TransportSettings(
        Demand demand,
        boolean dane,
        boolean sts,
        Duration fetch,
        boolean reports,
        String contact,
        String hostname,
        Duration keep,
        Authorities authorities) {
    /** What a domain publishes is not asked for. */
    static final TransportSettings NOTHING_PUBLISHED = new TransportSettings(
            Demand.MAY,
            false,
            false,
            Duration.ofSeconds(20),
            false,
            "",
            "",
            Duration.ofDays(60),
            Authorities.OF_PLATFORM);

    public static TransportSettings of(Config config) {
        var settings = Settings.of(config);
        var hostname = HostName.of(config);
        return new TransportSettings(
                settings.choice("mail.transport.tls", Demand.MAY),
                settings.flag("mail.transport.dane", true),
                settings.flag("mail.transport.mta-sts", true),
                settings.duration("mail.transport.mta-sts-timeout", Duration.ofSeconds(20)),
                settings.flag("mail.transport.reports", true),
                settings.text("mail.transport.report-contact").orElse("postmaster@" + hostname),
                hostname,
                settings.duration("mail.transport.keep", Duration.ofDays(60)),
                new Authorities(settings.text("mail.tls.authorities").orElse("")));
    }
}
