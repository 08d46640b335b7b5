package org.mailroom.connector.memory;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ENVELOPE of simple headers: no groups, no comments, no encoded words. */
final class EnvelopeText {
    private EnvelopeText() {}

    static String of(Entity message) {
        var from = addresses(message, "From");
        return Stream.of(
                        string(message.field("Date")),
                        string(message.field("Subject")),
                        from,
                        message.field("Sender").isEmpty() ? from : addresses(message, "Sender"),
                        message.field("Reply-To").isEmpty() ? from : addresses(message, "Reply-To"),
                        addresses(message, "To"),
                        addresses(message, "Cc"),
                        addresses(message, "Bcc"),
                        string(message.field("In-Reply-To")),
                        string(message.field("Message-ID")))
                .collect(Collectors.joining(" ", "(", ")"));
    }

    private static String addresses(Entity message, String field) {
        var value = message.field(field);
        return value.isEmpty()
                ? "NIL"
                : Stream.of(value.split(",")).map(EnvelopeText::address).collect(Collectors.joining("", "(", ")"));
    }

    private static String address(String text) {
        int bracket = text.indexOf('<');
        var name = bracket < 0 ? "" : text.substring(0, bracket).strip().replace("\"", "");
        var address = (bracket < 0 ? text : text.substring(bracket + 1, text.indexOf('>'))).strip();
        int at = address.indexOf('@');
        return "(" + string(name) + " NIL " + string(at < 0 ? address : address.substring(0, at)) + " "
                + string(at < 0 ? "" : address.substring(at + 1)) + ")";
    }

    static String string(String text) {
        return text.isEmpty() ? "NIL" : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
