package org.mailroom.receive;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;

/** The lines that we put before a message (RFC 5321 §4.4): where it came from, in whose name, and when. */
final class ReceivedField {
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A domain or an address literal; whatever else a client calls itself is not repeated. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}|\\[[A-Za-z0-9:.-]{1,80}]");

    private static final Pattern PATH = Pattern.compile("[\\x21-\\x7e&&[^<>]]{1,320}");

    private ReceivedField() {}

    static String returnPath(String reversePath) {
        return "Return-Path: <" + reversePath.replaceAll("[\\x00-\\x1f\\x7f]", "?") + ">\r\n";
    }

    static String of(Client client, Envelope envelope, String hostname, String queueId, Instant now) {
        var literal = literal(client.address().getAddress());
        var field = new StringBuilder("Received: from ")
                .append(NAME.matcher(client.helo()).matches() ? client.helo() : literal)
                .append(" (")
                .append(literal)
                .append(")\r\n\tby ")
                .append(hostname)
                .append(" (Mailroom) with ")
                .append(client.with(envelope));
        if (client.tls() != null) {
            field.append(" (")
                    .append(client.tls().replaceAll("[^A-Za-z0-9 ._-]", "?"))
                    .append(")");
        }
        field.append("\r\n\tid ").append(queueId);
        // RFC 5321 §7.6: with more than one, the clause would tell recipients of one another.
        if (envelope.recipients().size() == 1) {
            var only = envelope.recipients().getFirst().address();
            if (PATH.matcher(only).matches()) {
                field.append("\r\n\tfor <").append(only).append(">");
            }
        }
        // RFC 6710 §4.1
        var priority = envelope.parameters().getOrDefault("MT-PRIORITY", "");
        if (priority.matches("-?[0-9]")) {
            field.append("\r\n\tPRIORITY ").append(priority);
        }
        return field.append(";\r\n\t").append(DATE.format(now)).append("\r\n").toString();
    }

    /** RFC 5321 §4.1.3 */
    static String literal(InetAddress address) {
        var text = address.getHostAddress();
        int zone = text.indexOf('%');
        var plain = zone < 0 ? text : text.substring(0, zone);
        return address instanceof Inet6Address ? "[IPv6:" + plain + "]" : "[" + plain + "]";
    }
}
