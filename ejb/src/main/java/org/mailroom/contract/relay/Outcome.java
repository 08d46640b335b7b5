package org.mailroom.contract.relay;

import java.io.Serializable;

/**
 * How one recipient fared.
 *
 * @param code the SMTP reply code, 0 where none came
 * @param status the enhanced status code (RFC 3463), such as {@code 4.4.1}; ours where the remote sent none
 * @param text the remote's reply or our own words, one line, control characters escaped
 */
public record Outcome(Kind kind, int code, String status, String text) implements Serializable {
    /** What the queue does next. */
    public enum Kind {
        /** The remote answered for it: 250 to the final dot. */
        DELIVERED,
        /** Not now: 4xx, or no connection. */
        DEFERRED,
        /** Never: 5xx. */
        FAILED,
        /** The connection broke after the final dot: it may or may not have arrived. Retried, at the risk of a second copy. */
        UNKNOWN
    }
}
