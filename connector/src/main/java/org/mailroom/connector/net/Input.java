package org.mailroom.connector.net;

/** What a framer cut out of the stream. */
public sealed interface Input extends AutoCloseable {
    @Override
    default void close() {}

    /** A command: a line, without CRLF. */
    record Command(byte[] line) implements Input {}

    /** Not a command. The answer is the protocol's; the next input begins behind it, in step. */
    record Malformed(Flaw flaw) implements Input {}

    /** What a protocol's own framer makes, such as the end of a message. */
    non-sealed interface Content extends Input {
        /** The line of a command, for the transcript; empty where it is none. */
        default byte[] line() {
            return new byte[0];
        }
    }

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
        CONTROL("There is a control character in this line");

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
