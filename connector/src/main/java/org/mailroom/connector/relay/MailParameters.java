package org.mailroom.connector.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.relay.DeliveryReport.Proof;
import org.mailroom.contract.relay.Extensions;

/** MAIL and RCPT for one host, with those of the sender's parameters that it offers to heed. */
record MailParameters(Extensions offered, Envelope envelope, Proof proof) {
    /** RFC 5321 §4.1.2: no value may end the command, nor pass for another parameter; UTF-8 for RFC 6533's addresses. */
    private static final Pattern VALUE = Pattern.compile("[^\\s\\p{Cntrl}=]{1,1000}");

    /** Parameter of MAIL and the extension that brings it: RFC 3461, 6710, 2852, 8689. */
    private static final List<Map.Entry<String, String>> OF_MAIL = List.of(
            Map.entry("RET", "DSN"),
            Map.entry("ENVID", "DSN"),
            Map.entry("MT-PRIORITY", "MT-PRIORITY"),
            Map.entry("BY", "DELIVERBY"),
            Map.entry("REQUIRETLS", "REQUIRETLS"));

    private static final List<Map.Entry<String, String>> OF_RECIPIENT =
            List.of(Map.entry("NOTIFY", "DSN"), Map.entry("ORCPT", "DSN"));

    String mail(long size) {
        var line =
                new StringBuilder("MAIL FROM:<").append(envelope.reversePath()).append('>');
        if (offered.has("SIZE")) {
            line.append(" SIZE=").append(size);
        }
        if (offered.has("8BITMIME")) {
            // True of every message (RFC 6152 §2); to a host without it only seven bits are sent.
            line.append(" BODY=8BITMIME");
        }
        if (needsInternational() && offered.has("SMTPUTF8")) {
            line.append(" SMTPUTF8");
        }
        var parameters = new HashMap<>(envelope.parameters());
        if (proof == Proof.NONE) {
            // RFC 8689 §2: not to somebody who did not prove who he is; only a report still goes there.
            parameters.remove("REQUIRETLS");
        }
        return append(line, OF_MAIL, parameters);
    }

    String recipient(Envelope.Recipient recipient) {
        var line = new StringBuilder("RCPT TO:<").append(recipient.address()).append('>');
        return append(line, OF_RECIPIENT, recipient.parameters());
    }

    private String append(StringBuilder line, List<Map.Entry<String, String>> known, Map<String, String> parameters) {
        for (var parameter : known) {
            var value = parameters.get(parameter.getKey());
            if (value == null || !offered.has(parameter.getValue())) {
                continue;
            }
            if (value.isEmpty()) {
                line.append(' ').append(parameter.getKey());
            } else if (VALUE.matcher(value).matches()) {
                line.append(' ').append(parameter.getKey()).append('=').append(value);
            }
        }
        return line.toString();
    }

    private boolean needsInternational() {
        return envelope.parameters().containsKey("SMTPUTF8")
                || !MailPath.isAscii(envelope.reversePath())
                || envelope.recipients().stream().anyMatch(to -> !MailPath.isAscii(to.address()));
    }
}
