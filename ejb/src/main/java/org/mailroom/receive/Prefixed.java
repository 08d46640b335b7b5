package org.mailroom.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mailroom.contract.MessageSource;

/** A message with lines of ours before its first; its own octets stay as they are. */
@SuppressWarnings("ArrayRecordComponent") // made once, read a few times, never compared
record Prefixed(byte[] lines, MessageSource content) implements MessageSource {
    /** The same with one more line of ours, after the others. */
    Prefixed followedBy(String line) {
        var more = line.getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(lines, lines.length + more.length);
        System.arraycopy(more, 0, all, lines.length, more.length);
        return new Prefixed(all, content);
    }

    @Override
    public long size() {
        return lines.length + content.size();
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(lines), content.open());
    }
}
