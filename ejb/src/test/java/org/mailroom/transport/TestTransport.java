package org.mailroom.transport;

import java.time.Duration;
import javax.sql.DataSource;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.dns.Dns;

/** Protections for tests of other rooms. */
public final class TestTransport {
    private TestTransport() {}

    /** As it starts in the server, with reports on. */
    public static TransportSecurity security(DataSource database, Dns dns, Authorities authorities) {
        var settings = new TransportSettings(
                Demand.MAY,
                true,
                true,
                Duration.ofSeconds(5),
                true,
                "postmaster@here.test",
                "mail.here.test",
                Duration.ofDays(60),
                authorities);
        return TransportSecurity.of(database, dns, settings);
    }

    /** @param policy the MTA-STS policy of all domains, or empty */
    public static Protections protections(Dns dns, String policy) {
        var settings = new TransportSettings(
                Demand.MAY,
                true,
                true,
                Duration.ofSeconds(1),
                false,
                "",
                "here.test",
                Duration.ofDays(60),
                Authorities.OF_PLATFORM);
        return new Protections(dns, domain -> StsPolicy.parse(policy), settings);
    }
}
