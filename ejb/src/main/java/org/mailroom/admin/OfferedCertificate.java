package org.mailroom.admin;

import java.time.Instant;
import java.util.List;

/**
 * A certificate that somebody wants the listeners to show, after it was checked.
 *
 * @param names the names that it is for
 * @param chain how many certificates clients will be sent
 * @param covers whether our own name is among its names
 */
public record OfferedCertificate(
        String subject, List<String> names, String issuer, Instant until, int chain, String hostname, boolean covers) {
    public OfferedCertificate {
        names = List.copyOf(names);
    }

    static OfferedCertificate of(PemPair pair, String hostname) {
        var first = pair.chain().getFirst();
        return new OfferedCertificate(
                first.getSubjectX500Principal().getName(),
                pair.names(),
                first.getIssuerX500Principal().getName(),
                first.getNotAfter().toInstant(),
                pair.chain().size(),
                hostname,
                pair.covers(hostname));
    }
}
