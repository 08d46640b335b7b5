package org.mailroom.directory;

import java.util.Locale;

/** How somebody may send under the address of another account. */
public enum SendWay {
    /** As if he were it. */
    AS,
    /** With his own address in the Sender field (RFC 5322 §3.6.2). */
    ON_BEHALF;

    /** As the tables and the API write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SendWay of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
