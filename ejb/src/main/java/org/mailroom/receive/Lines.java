package org.mailroom.receive;

import java.io.IOException;
import java.util.HashMap;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.message.Reencoding;

/** A message of BINARYMIME (RFC 3030 §3) is kept as one of lines: IMAP knows no NUL, and POP3 nothing but lines. */
final class Lines {
    private Lines() {}

    static MessageSource of(MessageSource content) throws MailException, IOException {
        return Reencoding.of(content, Reencoding.Form.EIGHT_BIT)
                .orElseThrow(() -> new MailException(
                        Reason.POLICY, "What is signed and binary cannot be kept here, where messages are lines"));
    }

    /** What is passed on is no binary any more. */
    static Envelope of(Envelope envelope) {
        var parameters = new HashMap<>(envelope.parameters());
        parameters.put("BODY", "8BITMIME");
        return new Envelope(envelope.reversePath(), parameters, envelope.recipients());
    }
}
