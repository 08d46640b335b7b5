package org.mailroom.queue;

import java.net.IDN;
import java.util.Locale;

/** The domain of an address of somebody else, as DNS and the queue's columns have it. */
final class ForeignDomain {
    private ForeignDomain() {}

    /** What stands behind the last @, in lower case and A-labels; an address literal stays in its brackets. */
    static String of(String address) {
        var domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        if (domain.startsWith("[")) {
            return domain;
        }
        try {
            // RFC 5890 §2.3.2.1
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return domain; // not a name that DNS has; the look-up will say so
        }
    }
}
