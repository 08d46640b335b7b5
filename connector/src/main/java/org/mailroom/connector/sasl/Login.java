package org.mailroom.connector.sasl;

import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.login.Logins.LoginVerdict;

/** LOGIN, never a standard and still in use: the name, then the password. */
final class Login implements Mechanism {
    private final BiFunction<String, String, LoginVerdict> verify;
    private @Nullable String name;

    Login(BiFunction<String, String, LoginVerdict> verify) {
        this.verify = verify;
    }

    @Override
    public byte[] question() {
        return "Username:".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Answer answer(byte[] message) throws MalformedMessage {
        var text = Text.utf8(message);
        if (name == null) {
            name = text;
            return new Answer.Ask("Password:".getBytes(StandardCharsets.US_ASCII));
        }
        return new Answer.End(verify.apply(name, text));
    }
}
