package org.mailroom.directory;

import java.util.Locale;

/** How much TLS a route or a domain demands of the host that takes its mail. */
public enum RouteTls {
    /** In the clear. */
    NONE,
    /** Encrypted where the host offers it. */
    MAY,
    /** Encrypted, whoever it is. */
    REQUIRE,
    /** Encrypted, with a certificate that is valid for the host's name. */
    VERIFY,
    /** Encrypted, with a certificate that signed DNS stands for (DANE). */
    DANE;

    /** As people write it and the tables keep it. */
    public static RouteTls parse(String text) throws BadAddress {
        for (var each : values()) {
            if (each.text().equalsIgnoreCase(text.strip())) {
                return each;
            }
        }
        throw new BadAddress("TLS is none, may, require, verify or dane");
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
