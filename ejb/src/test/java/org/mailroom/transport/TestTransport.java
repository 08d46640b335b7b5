package org.mailroom.transport;

import java.time.Duration;
import org.mailroom.dns.Dns;

/** Protections for tests of other rooms. */
public final class TestTransport {
    private TestTransport() {}

    /** @param policy the MTA-STS policy of all domains, or empty */
    public static Protections protections(Dns dns, String policy) {
        var settings = new TransportSettings(
                Demand.MAY, true, true, Duration.ofSeconds(1), false, "", "here.test", Duration.ofDays(60));
        return new Protections(dns, domain -> StsPolicy.parse(policy), settings);
    }
}
