package org.mailroom.authenticity;

import java.util.Locale;

/** What a check came to (RFC 8601 §2.7). */
enum Result {
    NONE,
    PASS,
    FAIL,
    SOFTFAIL,
    POLICY,
    NEUTRAL,
    TEMPERROR,
    PERMERROR;

    /** As Authentication-Results has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
