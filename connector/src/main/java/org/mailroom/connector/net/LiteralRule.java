package org.mailroom.connector.net;

/** Tells a {@link CommandFramer} which lines announce a literal; asked on the worker after each line of a command. */
public interface LiteralRule {
    /**
     * @param line without CRLF
     * @param literals how many of this command are already here
     * @param octets how long they are together
     */
    Step after(byte[] line, int literals, long octets);

    /** How the command goes on. */
    sealed interface Step {
        /** It ends with this line. */
        record Whole() implements Step {}

        /**
         * Octets and then another line.
         *
         * @param prompt written first, with CRLF; empty where the client does not wait for it
         */
        record Literal(long octets, String prompt) implements Step {}

        /**
         * Not taken: the session is told at once ({@link Input.Flaw#LITERAL}) and may close.
         *
         * @param octets that come all the same and are passed over, with the rest of the command; none where the client
         *     waits for a prompt, for then the command ends here
         */
        record Refused(long octets) implements Step {}
    }
}
