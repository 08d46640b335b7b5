package org.mailroom.authenticity;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A key of a domain of ours, without its secret half.
 *
 * @param since when the state was reached
 * @param record what the domain must publish at {@link #name}
 */
public record DkimKey(
        String domain,
        String selector,
        Algorithm algorithm,
        State state,
        Instant created,
        Instant since,
        String record) {
    /** A key's life. */
    public enum State {
        /** Made, and not used until its record can be seen in DNS. */
        NEW,
        ACTIVE,
        /** Signs no more; its record stays until what it signed has arrived. */
        RETIRED
    }

    /** Where DNS has it. */
    public String name() {
        return selector + "._domainkey." + domain;
    }

    /** The same as a line of a zone, in strings of at most 255 octets (RFC 6376 §3.6.2.2). */
    public String zoneLine() {
        return Arrays.stream(record.split("(?<=\\G.{255})"))
                .map(part -> '"' + part + '"')
                .collect(Collectors.joining(" ", name() + ". IN TXT ", ""));
    }
}
