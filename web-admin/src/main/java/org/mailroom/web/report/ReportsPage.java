package org.mailroom.web.report;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AuthenticityAdmin;
import org.mailroom.admin.DmarcCountInfo;
import org.mailroom.admin.ReportAdmin;
import org.mailroom.admin.ReportSums;
import org.mailroom.admin.TlsCountInfo;

/** What DMARC and TLS came to: the sums of all domains, or each row of one. */
@Named
@RequestScoped
public class ReportsPage {
    @Inject
    private ReportAdmin admin;

    @Inject
    private AuthenticityAdmin authenticity;

    private String domain = "";
    private int days = 7;
    private @Nullable ReportSums sums;
    private List<DmarcCountInfo> dmarc = List.of();
    private List<TlsCountInfo> tls = List.of();

    /** Called once, before the page is written. */
    public void load() {
        if (domain.isBlank()) {
            sums = admin.sums(days);
        } else {
            dmarc = authenticity.counts(domain, days);
            tls = admin.tls(domain, days);
        }
    }

    /** Null where the page is about one domain. */
    public @Nullable ReportSums getSums() {
        return sums;
    }

    public List<DmarcCountInfo> getDmarc() {
        return dmarc;
    }

    public List<TlsCountInfo> getTls() {
        return tls;
    }

    public List<Integer> getSpans() {
        return List.of(1, 7, 30, 60);
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(@Nullable String domain) {
        this.domain = domain == null ? "" : domain.strip();
    }

    public int getDays() {
        return days;
    }

    public void setDays(int days) {
        this.days = Math.clamp(days, 1, 1000);
    }
}
