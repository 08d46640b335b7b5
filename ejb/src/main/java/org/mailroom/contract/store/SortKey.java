package org.mailroom.contract.store;

/** One criterion of SORT (RFC 5256 §3, RFC 5957 §3). */
public record SortKey(By by, boolean reverse) {
    /** What is compared. */
    public enum By {
        /** Internal date. */
        ARRIVAL,
        /** The Date field with time and zone, or the internal date where it makes no sense. */
        DATE,
        /** Base subject. */
        SUBJECT,
        /** Mailbox of the first address. */
        FROM,
        TO,
        CC,
        /** Display name of the first address, or the address. */
        DISPLAYFROM,
        DISPLAYTO,
        SIZE
    }
}
