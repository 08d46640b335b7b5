package org.mailroom.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.mailroom.contract.MessageSource;

/** A message with lines of ours before its first; its own octets stay as they are. */
@SuppressWarnings("ArrayRecordComponent") // made once, read a few times, never compared
record Prefixed(byte[] lines, MessageSource content) implements MessageSource {
    @Override
    public long size() {
        return lines.length + content.size();
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(lines), content.open());
    }
}
