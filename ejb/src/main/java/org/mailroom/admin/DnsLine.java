package org.mailroom.admin;

import java.util.List;

/**
 * What DNS should say about a domain of ours, and what it says.
 *
 * @param kind MX, ADDRESS, PTR, SPF, DKIM, DMARC, MTA-STS, TLS-RPT, TLSA, SRV or AUTOCONFIG
 * @param name whom to ask
 * @param publish what should stand there, as a line of a zone; empty where that is the operator's to know
 * @param found what stands there
 * @param state {@code good}, {@code other} (something else stands there), {@code missing}, {@code optional} (missing, and
 *     mail flows without it) or {@code unknown} (the name servers gave no answer)
 */
public record DnsLine(String kind, String name, String publish, List<String> found, String state) {
    public DnsLine {
        found = List.copyOf(found);
    }
}
