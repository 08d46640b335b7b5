package org.mailroom.admin;

import java.util.List;

/**
 * What DMARC and TLS came to, by domain.
 *
 * @param dmarcSent whether owners of domains get our reports on DMARC
 * @param tlsSent whether domains get our reports on TLS
 */
public record ReportSums(List<Dmarc> dmarc, List<Tls> tls, boolean dmarcSent, boolean tlsSent) {
    public ReportSums {
        dmarc = List.copyOf(dmarc);
        tls = List.copyOf(tls);
    }

    /**
     * @param domain of From
     * @param proved messages of which DKIM or SPF proved the domain
     * @param stopped messages that went to Junk or were refused
     * @param sources addresses from which they came
     */
    public record Dmarc(String domain, long messages, long proved, long stopped, long sources) {}

    /**
     * @param domain to which mail went
     * @param sessions connections, failed ones too
     */
    public record Tls(String domain, long sessions, long failed) {}
}
