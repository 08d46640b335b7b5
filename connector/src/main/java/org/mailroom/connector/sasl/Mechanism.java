package org.mailroom.connector.sasl;

import org.mailroom.contract.MailException;
import org.mailroom.contract.login.Logins.LoginVerdict;

/** The server's side of one exchange. */
interface Mechanism {
    /** What the next message of the client leads to. */
    Answer answer(byte[] message) throws MailException, MalformedMessage;

    /** What the server asks when the client begins without a response; most mechanisms ask nothing. */
    default byte[] question() {
        return new byte[0];
    }

    /** Asks on, or ends. */
    sealed interface Answer {
        @SuppressWarnings("ArrayRecordComponent") // sent and forgotten
        record Ask(byte[] challenge) implements Answer {}

        record End(LoginVerdict verdict) implements Answer {}
    }

    /** The message is none of this mechanism's. */
    final class MalformedMessage extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedMessage() {
            super("malformed", null, false, false);
        }
    }
}
