package org.mailroom.web.report;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AuthenticityAdmin;
import org.mailroom.admin.DmarcCountInfo;
import org.mailroom.admin.FeedbackAdmin;
import org.mailroom.admin.ReceivedLine;
import org.mailroom.admin.ReceivedReport;
import org.mailroom.admin.ReceivedSums;
import org.mailroom.admin.ReportAdmin;
import org.mailroom.admin.ReportSums;
import org.mailroom.admin.TlsCountInfo;
import org.mailroom.web.security.Me;

/**
 * What DMARC and TLS came to, with us and with others: the sums of all domains, or each row of one. What we counted ourselves is
 * not for domain administrators.
 */
@Named
@RequestScoped
public class ReportsPage {
    private static final int MOST_UNREAD = 100;

    @Inject
    private ReportAdmin admin;

    @Inject
    private AuthenticityAdmin authenticity;

    @Inject
    private FeedbackAdmin feedback;

    @Inject
    private Me me;

    private String domain = "";
    private int days = 7;
    private @Nullable ReportSums sums;
    private @Nullable ReceivedSums received;
    private List<ReceivedReport> unread = List.of();
    private List<ReceivedLine> lines = List.of();
    private List<DmarcCountInfo> dmarc = List.of();
    private List<TlsCountInfo> tls = List.of();

    /** Called once, before the page is written. */
    public void load() {
        boolean own = me.isReader();
        if (domain.isBlank()) {
            received = feedback.sums(days);
            unread = feedback.reports("", days).stream()
                    .filter(report -> report.waiting() || !report.trouble().isEmpty())
                    .limit(MOST_UNREAD)
                    .toList();
            sums = own ? admin.sums(days) : null;
        } else {
            lines = feedback.lines(domain, days);
            dmarc = own ? authenticity.counts(domain, days) : List.of();
            tls = own ? admin.tls(domain, days) : List.of();
        }
    }

    /** Null where the page is about one domain, or not for the reader. */
    public @Nullable ReportSums getSums() {
        return sums;
    }

    /** Null where the page is about one domain. */
    public @Nullable ReceivedSums getReceived() {
        return received;
    }

    public List<ReceivedReport> getUnread() {
        return unread;
    }

    public List<ReceivedLine> getDmarcReceived() {
        return lines("dmarc");
    }

    public List<ReceivedLine> getTlsReceived() {
        return lines("tls");
    }

    private List<ReceivedLine> lines(String kind) {
        return lines.stream().filter(line -> line.kind().equals(kind)).toList();
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
