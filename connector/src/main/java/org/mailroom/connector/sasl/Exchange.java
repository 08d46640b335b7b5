package org.mailroom.connector.sasl;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;

/** One login in the making: takes what the client says, line by line, and tells what to answer. */
public final class Exchange {
    /** Messages of the longest mechanism, and some that a client may waste. */
    private static final int MOST = 8;

    private final String name;
    private final Mechanism mechanism;
    private int messages;

    Exchange(String name, Mechanism mechanism) {
        this.name = name;
        this.mechanism = mechanism;
    }

    /** Of the mechanism, in capitals. */
    public String name() {
        return name;
    }

    /** @param initial the response that came with the command, in base64; {@code =} where it is empty; null where none came */
    public Step begin(@Nullable String initial) throws MailException {
        return initial == null || initial.isEmpty() ? new Step.Challenge(base64(mechanism.question())) : next(initial);
    }

    /** @param line as the client sent it */
    public Step next(String line) throws MailException {
        if (line.equals("*")) {
            return new Step.Cancelled();
        }
        if (++messages > MOST) {
            return new Step.Malformed();
        }
        try {
            // RFC 4954 §4, RFC 5034 §4, RFC 4959 §3: a single = is a message of no octets.
            var octets = line.equals("=") ? new byte[0] : Base64.getDecoder().decode(line);
            return switch (mechanism.answer(octets)) {
                case Mechanism.Answer.Ask(var challenge) -> new Step.Challenge(base64(challenge));
                case Mechanism.Answer.End(var verdict) -> new Step.Judged(verdict);
            };
        } catch (IllegalArgumentException | Mechanism.MalformedMessage e) {
            return new Step.Malformed();
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
