package org.mailroom.queue;

import java.io.IOException;
import java.net.IDN;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.message.Reencoding;

/** A message in the form that one host takes; what it takes as it is costs no look. */
sealed interface Preparation {
    record Ready(Envelope envelope, MessageSource content) implements Preparation {}

    /** This host cannot get it; another may. */
    record Impossible(Outcome outcome) implements Preparation {}

    /** @param created when it was handed to us, from when on a deadline counts */
    static Preparation of(Envelope envelope, MessageSource content, Extensions offered, Instant created, Instant now)
            throws IOException {
        var parameters = new HashMap<>(envelope.parameters());
        var reversePath = envelope.reversePath();
        var recipients = envelope.recipients();
        if (!offered.has("SMTPUTF8")) {
            reversePath = asciiDomain(reversePath);
            recipients = recipients.stream()
                    .map(to -> new Envelope.Recipient(asciiDomain(to.address()), to.parameters()))
                    .toList();
            if (!isAscii(reversePath)
                    || (parameters.remove("SMTPUTF8") != null && Reencoding.hasInternationalHeader(content))) {
                // RFC 6531 §3.6: only the sender could say it in ASCII.
                return impossible("5.6.7", "The host takes no SMTPUTF8 messages");
            }
        }
        if (parameters.containsKey(Wishes.REQUIRETLS)
                && !offered.has(Wishes.REQUIRETLS)
                && !envelope.reversePath().isEmpty()) {
            return impossible("5.7.30", "The sender requires TLS all the way, and the host does not offer REQUIRETLS");
        }
        var late = heedDeadline(parameters, offered, Duration.between(created, now));
        if (late.isPresent()) {
            return late.get();
        }
        var fit = offered.has("8BITMIME") ? Optional.of(content) : Reencoding.of(content, Reencoding.Form.SEVEN_BIT);
        if (fit.isEmpty()) {
            return impossible("5.6.3", "The host takes seven bits only, and a signed part may not be re-encoded");
        }
        return new Ready(new Envelope(reversePath, Map.copyOf(parameters), List.copyOf(recipients)), fit.get());
    }

    private static Preparation impossible(String status, String text) {
        return new Impossible(new Outcome(Outcome.Kind.FAILED, 0, status, text));
    }

    /** RFC 2852 §4.1.4: what is left of the time goes on; a message that is to return when late goes to no host that forgets. */
    private static Optional<Preparation> heedDeadline(
            Map<String, String> parameters, Extensions offered, Duration waited) {
        var by = parameters.get("BY");
        if (by == null || !by.matches("-?\\d{1,9};[RrNn][Tt]?")) {
            return Optional.empty();
        }
        int mode = by.indexOf(';');
        long left = Long.parseLong(by.substring(0, mode)) - waited.toSeconds();
        boolean returns =
                by.substring(mode + 1).toUpperCase(java.util.Locale.ROOT).startsWith("R");
        if (returns && left <= 0) {
            return Optional.of(impossible("5.4.7", "The time for delivery is over"));
        }
        if (returns && !offered.has("DELIVERBY")) {
            return Optional.of(
                    impossible("5.3.3", "The host does not know DELIVERBY, and the message is to be in time"));
        }
        parameters.put("BY", left + by.substring(mode));
        return Optional.empty();
    }

    /** Where only the domain is beyond ASCII, it can be said as A-labels (RFC 5891). */
    private static String asciiDomain(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0 || isAscii(address) || !isAscii(address.substring(0, at))) {
            return address;
        }
        try {
            return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }
}
