package org.mailroom.contract.store;

import org.jspecify.annotations.Nullable;

/**
 * What somebody noted about a mailbox or the server (RFC 5464).
 *
 * @param entry lower case, such as {@code /private/comment}
 * @param value at most {@link #LARGEST} octets; null where it is to be removed
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
public record Annotation(String entry, byte @Nullable [] value) {
    public static final int LARGEST = 16 * 1024;

    /** Whether all who may read the mailbox see it. */
    public boolean isShared() {
        return entry.startsWith("/shared/");
    }
}
