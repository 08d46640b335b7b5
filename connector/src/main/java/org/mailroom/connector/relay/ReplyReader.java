package org.mailroom.connector.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Reads replies (RFC 5321 §4.2.1), of which neither a line nor their number may be endless. */
final class ReplyReader {
    /** RFC 5321 §4.5.3.1.5 allows 512 octets; some remotes explain themselves at length. */
    private static final int LONGEST_LINE = 4096;

    private static final int MOST_LINES = 256;

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private int next;
    private int end;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** Whether more was sent than was asked for. */
    boolean hasMore() {
        return next < end;
    }

    Reply read() throws IOException {
        var lines = new ArrayList<String>();
        int code = 0;
        while (true) {
            var line = line();
            int thisCode = codeOf(line);
            if (!lines.isEmpty() && thisCode != code) {
                throw new MalformedReplyException("A reply of several codes: " + SafeText.of(line));
            }
            code = thisCode;
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(code, lines);
            }
            if (lines.size() == MOST_LINES) {
                throw new MalformedReplyException("A reply without end");
            }
        }
    }

    /** RFC 5321 §4.2: three digits, of which the first is 2 to 5, and then the end, a space or a hyphen. */
    private static int codeOf(String line) throws MalformedReplyException {
        boolean wellFormed = line.length() >= 3
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!wellFormed) {
            throw new MalformedReplyException("Not an SMTP reply: " + SafeText.of(line));
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** A line without its end. Some remotes end lines with a bare LF; nothing can be smuggled in a reply, so it is one. */
    private String line() throws IOException {
        var line = new byte[256];
        int length = 0;
        while (true) {
            int octet = octet();
            if (octet == '\n') {
                int text = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return new String(line, 0, text, StandardCharsets.UTF_8);
            }
            if (length == LONGEST_LINE) {
                throw new MalformedReplyException("A reply line without end");
            }
            if (length == line.length) {
                line = java.util.Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
    }

    private int octet() throws IOException {
        if (next == end) {
            end = in.read(buffer);
            next = 0;
            if (end <= 0) {
                end = 0;
                throw new EOFException("connection closed by the remote");
            }
        }
        return buffer[next++] & 0xFF;
    }
}
