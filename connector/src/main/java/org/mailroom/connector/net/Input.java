package org.mailroom.connector.net;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a framer cut out of the stream. */
public sealed interface Input extends AutoCloseable {
    @Override
    default void close() {}

    /**
     * A command: a line, and where the framer takes literals, those and the lines between them.
     *
     * @param lines without CRLF; always one more than there are literals
     */
    record Command(List<byte[]> lines, List<Spool> literals) implements Input {
        public static Command of(byte[] line) {
            return new Command(List.of(line), List.of());
        }

        /** The first line, one char an octet. */
        public String line() {
            return new String(lines.getFirst(), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() {
            literals.forEach(Spool::close);
        }
    }

    /**
     * Not a command. The answer is the protocol's; the next input begins behind it, in step.
     *
     * @param line its beginning, at most as long as a line may be, for a tag; never to be shown as it is
     */
    record Malformed(Flaw flaw, byte[] line) implements Input {}

    /** What a protocol's own framer makes, such as the end of a message. */
    non-sealed interface Content extends Input {}

    /** What is wrong with a line. */
    enum Flaw {
        /** More octets than a line may have; the rest of it was passed over. */
        TOO_LONG("Line too long"),
        /** LF without CR before it; taken as the end of the line. */
        BARE_LF("Lines must end with CRLF, and this one ended with a bare LF"),
        /** CR without LF behind it. */
        BARE_CR("Lines must end with CRLF, and this one has a bare CR in it"),
        /** A backspace or delete, as a terminal in line mode would never send. */
        BACKSPACE("There is a backspace in this line; type it again without corrections"),
        /** Another control character. */
        CONTROL("There is a control character in this line"),
        /** A literal that the rule refused. */
        LITERAL("Literal too large");

        private final String text;

        Flaw(String text) {
            this.text = text;
        }

        /** One line for people. */
        public String text() {
            return text;
        }
    }
}
