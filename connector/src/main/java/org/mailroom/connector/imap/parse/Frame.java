package org.mailroom.connector.imap.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Spool;

/**
 * One command as it was sent: a line, and for each literal that it holds the literal and the rest of the line after it.
 *
 * @param lines without CRLF, one more than literals; all but the last end in {@code {size}}
 */
public record Frame(List<byte[]> lines, List<Spool> literals) implements Input.Content {
    public Frame {
        lines = List.copyOf(lines);
        literals = List.copyOf(literals);
    }

    @Override
    public byte[] line() {
        return lines.getFirst();
    }

    /** A command without literals. */
    public static Frame of(String line) {
        return new Frame(List.of(line.getBytes(StandardCharsets.UTF_8)), List.of());
    }

    @Override
    public void close() {
        literals.forEach(Spool::close);
    }

    /**
     * What came was no command, and is gone, with all of its literals.
     *
     * @param tag of the command, or {@code *} where it has none
     * @param hopeless whether more is on its way than can be passed over
     */
    public record Refused(String tag, String text, boolean hopeless) implements Input.Content {}
}
