package org.mailroom.connector.relay;

import java.io.IOException;

/** What came was no reply (RFC 5321 §4.2), or had no end. */
final class MalformedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String text) {
        super(text);
    }
}
