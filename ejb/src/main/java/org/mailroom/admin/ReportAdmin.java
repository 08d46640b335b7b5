package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.mailroom.authenticity.DmarcCounts;
import org.mailroom.authenticity.DmarcSettings;
import org.mailroom.config.Settings;
import org.mailroom.transport.TlsRow;
import org.mailroom.transport.TransportSecurity;
import org.mailroom.transport.TransportSettings;

/** What stands in the reports that others get from us: who misused their names, and how TLS to them went. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
public class ReportAdmin {
    private static final int MOST = 1000;
    private static final int MOST_DOMAINS = 500;

    @Inject
    private DmarcCounts dmarc;

    @EJB
    private TransportSecurity transport;

    /** @param days how far back, today included */
    public ReportSums sums(int days) {
        var since = since(days);
        var config = Settings.current();
        return new ReportSums(
                dmarc.sums(since, MOST_DOMAINS).stream()
                        .map(sum -> new ReportSums.Dmarc(
                                sum.domain(), sum.messages(), sum.proved(), sum.stopped(), sum.sources()))
                        .toList(),
                transport.sums(since, MOST_DOMAINS).stream()
                        .map(sum -> new ReportSums.Tls(sum.domain(), sum.sessions(), sum.failed()))
                        .toList(),
                DmarcSettings.of(config).reports(),
                TransportSettings.of(config).reports());
    }

    /**
     * How TLS went, the newest days first.
     *
     * @param domain to which mail went; empty: all
     * @param days how far back, today included
     */
    public List<TlsCountInfo> tls(String domain, int days) {
        return transport.kept(domain.strip().toLowerCase(Locale.ROOT), since(days), MOST).stream()
                .map(ReportAdmin::info)
                .toList();
    }

    private static TlsCountInfo info(TlsRow row) {
        return new TlsCountInfo(
                row.day().toString(),
                row.domain(),
                row.kind(),
                row.host(),
                row.trouble(),
                row.sessions(),
                row.reported());
    }

    private static LocalDate since(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(Math.clamp(days, 1, 1000) - 1L);
    }
}
