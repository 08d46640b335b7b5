package org.mailroom.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mailroom.contract.MessageSource;

/** The fields of a header as they stand there, so that they can be looked at and taken out. */
public record Header(List<Field> fields) {
    /** More than that nobody reads; the rest counts as body. */
    private static final int LONGEST = 1024 * 1024;

    public Header {
        fields = List.copyOf(fields);
    }

    /**
     * One field.
     *
     * @param value unfolded, without blanks around it; octets beyond ASCII as in ISO 8859-1
     * @param start of its first octet in the message
     * @param end behind its line end
     */
    public record Field(String name, String value, int start, int end) {}

    /** @param size octets of the header, if it is known; otherwise the most that shall be read */
    public static Header read(MessageSource message, int size) throws IOException {
        try (var in = message.open()) {
            return of(in.readNBytes(Math.min(size, LONGEST)));
        }
    }

    /** As far as a header can be read from a message whose header has not been measured. */
    public static Header read(MessageSource message) throws IOException {
        return read(message, LONGEST);
    }

    private static Header of(byte[] octets) {
        var text = new String(octets, StandardCharsets.ISO_8859_1);
        var fields = new ArrayList<Field>();
        int start = 0;
        while (start < text.length() && text.charAt(start) != '\r' && text.charAt(start) != '\n') {
            int end = endOfLine(text, start);
            while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
                end = endOfLine(text, end);
            }
            int colon = text.substring(start, end).indexOf(':');
            // A line without one is no field, and does not hide those behind it.
            if (colon >= 0) {
                var value =
                        text.substring(start + colon + 1, end).replace("\r", "").replace("\n", "");
                fields.add(new Field(text.substring(start, start + colon).strip(), value.strip(), start, end));
            }
            start = end;
        }
        return new Header(fields);
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    /** Values of all fields of a name. */
    public Stream<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value);
    }
}
