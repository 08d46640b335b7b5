package org.mailroom.receive;

import java.io.BufferedInputStream;
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
     * A message of which the first line is no field gets the empty line before its body that it lacks (RFC 5322 §2.1); else that
     * line would go on with the last of ours (§2.2.3), and a stranger speak in our name.
     */
    static MessageSource separate(MessageSource content) throws IOException {
        return beginsWithField(content) ? content : new Prefixed(EMPTY_LINE, content);
    }

    /** Or with the empty line itself, or with nothing. */
    private static boolean beginsWithField(MessageSource content) throws IOException {
        try (var in = new BufferedInputStream(content.open(), 1024)) {
            int c = in.read();
            if (c < 0 || c == '\r' || c == '\n') {
                return true;
            }
            boolean named = false;
            for (; c > ' ' && c < 127 && c != ':'; c = in.read()) {
                named = true;
            }
            // RFC 5322 §4.5: an old name has white space behind it.
            while (c == ' ' || c == '\t') {
                c = in.read();
            }
            return named && c == ':';
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
