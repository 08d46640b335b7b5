package org.mailroom.connector.imap.session;

import java.util.Arrays;
import java.util.Optional;

/** What a client may ask for by ENABLE (RFC 5161): it changes what we say unasked, to the end of the session. */
public enum Feature {
    CONDSTORE("CONDSTORE"),
    IMAP4REV2("IMAP4rev2"),
    QRESYNC("QRESYNC"),
    UIDONLY("UIDONLY"),
    UTF8_ACCEPT("UTF8=ACCEPT");

    private final String word;

    Feature(String word) {
        this.word = word;
    }

    /** As CAPABILITY spells it. */
    public String word() {
        return word;
    }

    /** By its name in any case. */
    public static Optional<Feature> named(String word) {
        return Arrays.stream(values())
                .filter(f -> f.word.equalsIgnoreCase(word))
                .findFirst();
    }
}
