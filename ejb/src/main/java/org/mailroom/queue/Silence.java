package org.mailroom.queue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/** When a sender is not told what became of his message. */
public final class Silence {
    /**
     * A parameter of queued mail that no client can set: why its sender is believed to be forged. Whoever bears the name did
     * not send it, and would only be bothered.
     */
    public static final String SUSPECT = "MAILROOM-SUSPECT";

    private static final Pattern MASS =
            Pattern.compile("(?im)^(?:List-[a-z]+:|Precedence:[ \\t]*(?:bulk|list|junk)|Auto-Submitted:[ \\t]*auto-)");

    private Silence() {}

    /** Why nobody is told of this message; empty where its sender is. */
    static Optional<String> about(Batch batch, Expansion sender) {
        if (sender.resolution() instanceof Resolution.Group) {
            return Optional.of("the sender is a list");
        }
        // Of whom nobody here has met the queue asks again.
        boolean takes = sender.arrives() || sender.meetsUnseen();
        return about(batch).or(() -> takes ? Optional.empty() : Optional.of("the sender takes no mail"));
    }

    /** As above, as far as the message itself shows it. */
    static Optional<String> about(Batch batch) {
        if (batch.reversePath().isEmpty()) {
            // RFC 5321 §6.1
            return Optional.of("it was one itself");
        }
        if (batch.parameters().containsKey(SUSPECT)) {
            return Optional.of(
                    "the sender is probably forged: " + batch.parameters().get(SUSPECT));
        }
        return Optional.empty();
    }

    /**
     * Whether a header shows mail from lists and programs: their senders hear of failures, by which they keep their lists
     * clean, and of nothing else.
     */
    static boolean isMass(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return MASS.matcher(end < 0 ? text : text.substring(0, end)).find();
    }
}
