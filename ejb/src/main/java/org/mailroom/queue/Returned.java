package org.mailroom.queue;

import java.util.Locale;
import org.mailroom.contract.MailException;

/**
 * What a report gives back of the message: all of it where it is small, otherwise its header.
 *
 * @param octets without the Return-Path that we put before it
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
record Returned(byte[] octets, boolean whole) {
    /** Above this the sender is better served with the header than with his attachments. */
    private static final int SMALL = 32 * 1024;

    /** Where RET=FULL asked for it (RFC 3461 §4.3), up to this. */
    private static final int LARGE = 256 * 1024;

    /** Reads octets of a kept message. */
    @FunctionalInterface
    interface Reader {
        byte[] read(long message, long offset, int length) throws MailException;
    }

    static Returned of(Batch batch, Reader reader) throws MailException {
        // RFC 8689 §5: of a message that is to be protected, the header only.
        var wish = batch.parameters().containsKey(Wishes.REQUIRETLS)
                ? "HDRS"
                : batch.parameters().getOrDefault("RET", "").toUpperCase(Locale.ROOT);
        int most = switch (wish) {
            case "HDRS" -> 0;
            case "FULL" -> LARGE;
            default -> SMALL;
        };
        boolean whole = batch.size() <= most;
        int length = whole ? (int) batch.size() : Math.min(batch.headerSize(), LARGE);
        var octets = reader.read(batch.message(), 0, length);
        int skip = ReturnPath.length(octets);
        return new Returned(java.util.Arrays.copyOfRange(octets, skip, octets.length), whole);
    }
}
