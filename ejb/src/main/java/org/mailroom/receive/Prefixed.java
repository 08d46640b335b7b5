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
    private static final byte[] EMPTY_LINE = {'\r', '\n'};

    /**
     * A message that begins with white space has no field there to go on with (RFC 5322 §2.2.3): it gets the empty line before its
     * body that it lacks. Else its first line would go on with the last of ours, and a stranger speak in our name. Any other line
     * that is no field, such as one of an mbox, stays where it is.
     */
    static MessageSource separate(MessageSource content) throws IOException {
        try (var in = content.open()) {
            int first = in.read();
            return first == ' ' || first == '\t' ? new Prefixed(EMPTY_LINE, content) : content;
        }
    }

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
