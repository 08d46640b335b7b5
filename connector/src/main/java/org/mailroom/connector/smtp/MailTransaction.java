package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailroom.contract.Envelope;

/** The message under way, from MAIL to the final dot (RFC 5321 §3.3). */
final class MailTransaction {
    private final String reversePath;
    private final Map<String, String> parameters;
    private final List<Envelope.Recipient> recipients = new ArrayList<>();

    MailTransaction(String reversePath, Map<String, String> parameters) {
        this.reversePath = reversePath;
        this.parameters = parameters;
    }

    /** A recipient who is named twice gets one message. */
    void add(Envelope.Recipient recipient) {
        if (!recipients.contains(recipient)) {
            recipients.add(recipient);
        }
    }

    int recipients() {
        return recipients.size();
    }

    /** What SIZE announced, or 0. */
    long announcedSize() {
        return Long.parseLong(parameters.getOrDefault("SIZE", "0"));
    }

    Envelope envelope() {
        return new Envelope(reversePath, parameters, recipients);
    }
}
