package org.mailroom.connector.relay;

import java.io.IOException;

/** Sends the octets of a message. */
interface BodyWriter {
    void write(byte[] octets, int length) throws IOException;

    /** Says that this was all; the reply is the caller's to read. */
    void end() throws IOException;

    /** From here on the remote may have the whole message. */
    boolean isEnding();
}
