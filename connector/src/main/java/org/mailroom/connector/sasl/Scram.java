package org.mailroom.connector.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.ScramHash;

/**
 * SCRAM (RFC 5802, 7677): both sides prove that they know the password, and neither tells it. With {@code -PLUS} also that
 * nobody sits in between. The keys stay in the house; here are the messages.
 */
final class Scram implements Mechanism {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 24;

    /** {@code gs2-header} and {@code client-first-message-bare}; extensions that must be understood ({@code m=}) are not. */
    private static final Pattern FIRST =
            Pattern.compile("((?:p=([A-Za-z0-9.-]+)|n|y),(?:a=([^,]*))?,)(n=([^,]*),r=([!-+\\--~]+)(?:,.*)?)");

    private static final Pattern LAST =
            Pattern.compile("(c=([A-Za-z0-9+/=]+),r=([!-+\\--~]+)(?:,.*)?),p=([A-Za-z0-9+/=]+)");

    private final Logins logins;
    private final ScramHash hash;
    private final Logins.Attempt attempt;
    private final boolean plus;
    private final boolean plusOffered;
    private final Function<String, Optional<byte[]>> binding;

    private String name = "";
    private String gs2 = "";
    private byte[] bound = new byte[0];
    private String soFar = "";
    private @Nullable String nonce;
    private @Nullable LoginVerdict verdict;

    /**
     * @param plus whether the client chose the mechanism with channel binding
     * @param plusOffered whether it could have
     * @param binding the data of a type, where the connection has it
     */
    Scram(
            Logins logins,
            ScramHash hash,
            Logins.Attempt attempt,
            boolean plus,
            boolean plusOffered,
            Function<String, Optional<byte[]>> binding) {
        this.logins = logins;
        this.hash = hash;
        this.attempt = attempt;
        this.plus = plus;
        this.plusOffered = plusOffered;
        this.binding = binding;
    }

    @Override
    public Answer answer(byte[] message) throws MailException, MalformedMessage {
        if (verdict != null) {
            return new Answer.End(verdict); // the client has read our proof
        }
        return nonce == null ? first(Text.utf8(message)) : last(Text.utf8(message));
    }

    private Answer first(String message) throws MailException, MalformedMessage {
        var match = FIRST.matcher(message);
        if (!match.matches()) {
            throw new MalformedMessage();
        }
        gs2 = match.group(1);
        name = SaslName.decode(match.group(5));
        var authzid = match.group(3) == null ? "" : SaslName.decode(match.group(3));
        if (!authzid.isEmpty() && !authzid.equalsIgnoreCase(name)) {
            return new Answer.End(new LoginVerdict.Denied());
        }
        if (!bind(match.group(2))) {
            return new Answer.End(new LoginVerdict.Denied());
        }
        var challenge = logins.scram(hash, name);
        nonce = match.group(6) + nonce();
        var answer = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(challenge.salt()) + ",i="
                + challenge.iterations();
        soFar = match.group(4) + "," + answer;
        return new Answer.Ask(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 5802 §6: one who could have bound and thinks that we cannot was lied to about what we offer. */
    private boolean bind(@Nullable String type) {
        if (type == null) {
            return !plus && !(plusOffered && gs2.startsWith("y"));
        }
        var data = binding.apply(type);
        bound = data.orElse(new byte[0]);
        return plus && data.isPresent();
    }

    private Answer last(String message) throws MailException, MalformedMessage {
        var match = LAST.matcher(message);
        if (!match.matches()) {
            throw new MalformedMessage();
        }
        var without = match.group(1);
        if (!MessageDigest.isEqual(decode(match.group(2)), expected())
                || !match.group(3).equals(nonce)) {
            return new Answer.End(new LoginVerdict.Denied());
        }
        var proven = logins.prove(
                attempt, hash, name, (soFar + "," + without).getBytes(StandardCharsets.UTF_8), decode(match.group(4)));
        if (!(proven.verdict() instanceof LoginVerdict.Granted)) {
            return new Answer.End(proven.verdict());
        }
        verdict = proven.verdict();
        var signature = Base64.getEncoder().encodeToString(proven.serverSignature());
        return new Answer.Ask(("v=" + signature).getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] expected() {
        var header = gs2.getBytes(StandardCharsets.UTF_8);
        var input = Arrays.copyOf(header, header.length + bound.length);
        System.arraycopy(bound, 0, input, header.length, bound.length);
        return input;
    }

    private static byte[] decode(String base64) throws MalformedMessage {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage();
        }
    }

    private static String nonce() {
        var octets = new byte[NONCE];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
