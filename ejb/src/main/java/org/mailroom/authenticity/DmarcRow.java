package org.mailroom.authenticity;

import java.time.LocalDate;

/**
 * Messages of one day from one address that DMARC judged alike (RFC 9990 §3.1.1.8).
 *
 * @param domain of From
 * @param policy the domain that published the record, a blank, and the record
 * @param source IP address
 * @param disposition what became of them: {@code none}, {@code pass}, {@code quarantine} or {@code reject}
 * @param override why the owner's wish was not heeded: {@code local_policy}, {@code trusted_forwarder} or nothing
 * @param dkimAligned whether a signature proved the domain of From
 * @param spfAligned whether SPF did
 * @param dkim each signature's domain, selector and result, one a line
 * @param spf domain, scope and result
 */
public record DmarcRow(
        LocalDate day,
        String domain,
        String policy,
        String source,
        String disposition,
        String override,
        boolean dkimAligned,
        boolean spfAligned,
        String dkim,
        String spf,
        long messages) {
    /** Whose record it was. */
    public String owner() {
        return policy.substring(0, policy.indexOf(' '));
    }

    /** The record as it stands in DNS. */
    String record() {
        return policy.substring(policy.indexOf(' ') + 1);
    }
}
