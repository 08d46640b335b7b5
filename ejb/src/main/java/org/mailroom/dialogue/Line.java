package org.mailroom.dialogue;

import java.time.Instant;

/** One line of a transcript. */
public record Line(Instant at, Kind kind, String text) {
    /** What a line tells. */
    public enum Kind {
        SENT,
        RECEIVED,
        /** Address and port of the other side. */
        CONNECTED,
        /** Protocol and cipher suite. */
        TLS,
        /** One of the chain, the host's own first. */
        CERTIFICATE,
        /** The platform vouches for the chain and the name. */
        TRUSTED,
        /** It does not; the reason. */
        UNTRUSTED,
        /** The other side is no mail server, so nothing is said to it. */
        STRANGER,
        ENDED,
        BROKEN,
        /** The longest time or the most lines are reached. */
        OVER
    }
}
