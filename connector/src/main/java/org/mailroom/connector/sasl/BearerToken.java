package org.mailroom.connector.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.login.Logins.LoginVerdict;

/** OAUTHBEARER (RFC 7628) and XOAUTH2, its forerunner that clients still speak: a token instead of a password. */
final class BearerToken implements Mechanism {
    private final boolean standard;
    private final BiFunction<String, String, LoginVerdict> verify;
    private @Nullable LoginVerdict refused;

    /** @param standard OAUTHBEARER, with the GS2 header in front */
    BearerToken(boolean standard, BiFunction<String, String, LoginVerdict> verify) {
        this.standard = standard;
        this.verify = verify;
    }

    @Override
    public Answer answer(byte[] message) throws MalformedMessage {
        if (refused != null) {
            // RFC 7628 §3.2.3: the client acknowledges the error, with whatever it says.
            return new Answer.End(refused);
        }
        var fields = Text.utf8(message).split("\u0001", -1);
        var name = standard ? authzid(fields[0]) : value(fields, "user=");
        var auth = value(fields, "auth=");
        if (name == null || auth == null || !auth.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            throw new MalformedMessage();
        }
        var verdict = verify.apply(name, auth.substring("bearer ".length()).strip());
        if (verdict instanceof LoginVerdict.Denied) {
            refused = verdict;
            // RFC 7628 §3.2.2; XOAUTH2 wants a number where this one has a word, and reads neither.
            var error = standard ? "{\"status\":\"invalid_token\"}" : "{\"status\":\"401\",\"schemes\":\"bearer\"}";
            return new Answer.Ask(error.getBytes(StandardCharsets.US_ASCII));
        }
        return new Answer.End(verdict);
    }

    private static @Nullable String value(String[] fields, String key) {
        for (var field : fields) {
            if (field.startsWith(key)) {
                return field.substring(key.length());
            }
        }
        return null;
    }

    /** {@code n,a=name,}; the name may be missing, and then the token alone says who it is. Channel binding is for SCRAM. */
    private static @Nullable String authzid(String gs2) throws MalformedMessage {
        var parts = gs2.split(",", -1);
        if (parts.length != 3 || !(parts[0].equals("n") || parts[0].equals("y"))) {
            return null;
        }
        return parts[1].startsWith("a=") ? SaslName.decode(parts[1].substring(2)) : "";
    }
}
