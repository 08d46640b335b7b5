package org.mailroom.authenticity;

import java.time.Duration;
import javax.sql.DataSource;
import org.mailroom.dns.Dns;
import org.mailroom.dns.NameService;

/** What DMARC counted, for tests of other rooms. */
public final class TestDmarc {
    private TestDmarc() {}

    /** With reports on. */
    public static DmarcReports reports(DataSource database, Dns dns) {
        var names = new NameService() {
            @Override
            public Dns dns() {
                return dns;
            }
        };
        var settings = new DmarcSettings(Duration.ofDays(60), true, "mail.here.test", "postmaster@here.test");
        return new DmarcReports(database, names, settings);
    }
}
