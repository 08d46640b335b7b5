package org.mailroom.connector.pop3;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Lines of a listing, made as they are sent: a maildrop may hold hundreds of thousands of messages. */
final class Listing extends InputStream {
    private final Maildrop maildrop;
    private final IntFunction<String> text;
    private int number;
    private byte[] line = new byte[0];
    private int next;

    /** @param text of a message by its number, without the number */
    Listing(Maildrop maildrop, IntFunction<String> text) {
        this.maildrop = maildrop;
        this.text = text;
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : line[next++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int read = 0;
        while (read < length && !isAtEnd()) {
            int count = Math.min(length - read, line.length - next);
            System.arraycopy(line, next, target, offset + read, count);
            next += count;
            read += count;
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    private boolean isAtEnd() {
        while (next == line.length && number < maildrop.last()) {
            number++;
            if (maildrop.has(number)) {
                line = (number + " " + text.apply(number) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                next = 0;
            }
        }
        return next == line.length;
    }
}
