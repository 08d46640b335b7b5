package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;

/** The message under way, from MAIL to its end (RFC 5321 §3.3). */
final class MailTransaction implements AutoCloseable {
    private final String reversePath;
    private final Map<String, String> parameters;
    private final List<Envelope.Recipient> recipients = new ArrayList<>();
    private @Nullable MessageText text;
    private boolean spoilt;

    MailTransaction(String reversePath, Map<String, String> parameters) {
        this.reversePath = reversePath;
        this.parameters = parameters;
    }

    void add(Envelope.Recipient recipient) {
        recipients.add(recipient);
    }

    /** Whether a recipient was named before, in the very same words. */
    boolean has(Envelope.Recipient recipient) {
        return recipients.contains(recipient);
    }

    int recipients() {
        return recipients.size();
    }

    /** What SIZE announced, or 0. */
    long announcedSize() {
        return Long.parseLong(parameters.getOrDefault("SIZE", "0"));
    }

    /** RFC 3030 §3 */
    boolean isBinary() {
        return parameters.getOrDefault("BODY", "").equalsIgnoreCase("BINARYMIME");
    }

    /** RFC 6531 §3.4 */
    boolean isUtf8() {
        return parameters.containsKey("SMTPUTF8");
    }

    /** What has come of the message; null before it begins. */
    @Nullable
    MessageText text() {
        return text;
    }

    void begin(MessageText begun) {
        text = begun;
    }

    /** A chunk was refused, and with it the message. */
    void spoil() {
        spoilt = true;
    }

    boolean isSpoilt() {
        return spoilt;
    }

    Envelope envelope() {
        return new Envelope(reversePath, parameters, recipients);
    }

    @Override
    public void close() {
        if (text != null) {
            text.close();
        }
    }
}
