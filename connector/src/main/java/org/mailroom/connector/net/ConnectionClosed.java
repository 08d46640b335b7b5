package org.mailroom.connector.net;

/** The client is gone, or reads nothing any more; thrown to unwind whatever was being written to it. */
public final class ConnectionClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionClosed() {
        super("connection closed", null, false, false);
    }
}
