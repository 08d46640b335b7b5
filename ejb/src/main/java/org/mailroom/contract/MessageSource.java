package org.mailroom.contract;

import java.io.IOException;
import java.io.InputStream;

/**
 * The octets of one message, with CRLF line ends, dot-stuffing removed. Small ones lie in memory and large ones in a file;
 * either can be read more than once, and only while the call that handed it over runs.
 */
public interface MessageSource {
    /** Octets in all. */
    long size();

    /** A new stream from the first octet on; the reader closes it. */
    InputStream open() throws IOException;

    /** A message that is whole in memory; the array is not copied and must not change. */
    static MessageSource of(byte[] octets) {
        return new MessageSource() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream open() {
                return new java.io.ByteArrayInputStream(octets);
            }
        };
    }
}
