package org.mailroom.authenticity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    static Optional<Result> of(String word) {
        return Arrays.stream(values())
                .filter(result -> result.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** As Authentication-Results has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
