package org.mailroom.connector.sasl;

import java.util.function.BiFunction;
import org.mailroom.contract.login.Logins.LoginVerdict;

/** RFC 4616: {@code authzid NUL authcid NUL password}. */
record Plain(BiFunction<String, String, LoginVerdict> verify) implements Mechanism {
    @Override
    public Answer answer(byte[] message) throws MalformedMessage {
        var parts = Text.utf8(message).split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new MalformedMessage();
        }
        // RFC 4616 §2: to act for somebody else is another right, which nobody has here.
        boolean himself = parts[0].isEmpty() || parts[0].equalsIgnoreCase(parts[1]);
        return new Answer.End(himself ? verify.apply(parts[1], parts[2]) : new LoginVerdict.Denied());
    }
}
