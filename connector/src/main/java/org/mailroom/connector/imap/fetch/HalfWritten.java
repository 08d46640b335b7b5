package org.mailroom.connector.imap.fetch;

/** A literal was announced and its octets are not to be had: only a close tells the client that the rest will not come. */
public final class HalfWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HalfWritten(Exception cause) {
        super("a message broke off while it was sent", cause);
    }
}
