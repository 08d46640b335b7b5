package org.mailroom.dns;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * Who is asked, and for how long.
 *
 * @param servers {@code address} or {@code address:port}; none: those of the machine
 * @param timeout for one question
 * @param dnssec whom to believe
 */
record DnsSettings(List<String> servers, Duration timeout, Dnssec dnssec) {
    DnsSettings {
        servers = List.copyOf(servers);
    }

    static DnsSettings of(Config config) {
        var settings = Settings.of(config);
        return new DnsSettings(
                settings.list("mail.dns.servers"),
                settings.duration("mail.dns.timeout", Duration.ofSeconds(5)),
                settings.choice("mail.dns.dnssec", Dnssec.AUTO));
    }
}
