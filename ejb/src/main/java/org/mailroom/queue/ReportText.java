package org.mailroom.queue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mailroom.trace.OneLine;

/** Lines of a report with CRLF ends: what others sent is made harmless, and what is long is folded or wrapped. */
final class ReportText {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int WIDTH = 76;

    /** RFC 5322 §2.1.1: a line has 998 characters, and a word cannot be folded. */
    static final int LONGEST_VALUE = 900;

    private final StringBuilder text = new StringBuilder();

    static String date(Instant time) {
        return DATE.format(time);
    }

    void line(String line) {
        text.append(line).append("\r\n");
    }

    /** A field, folded where it is long (RFC 5322 §2.2.3). */
    void field(String name, String value) {
        var cut = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
        var folded = new StringBuilder(name + ":");
        int width = folded.length();
        for (var word : cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?").split(" ")) {
            if (width + 1 + word.length() > WIDTH && width > name.length() + 1) {
                folded.append("\r\n");
                width = 0;
            }
            folded.append(' ').append(word);
            width += 1 + word.length();
        }
        line(folded.toString());
    }

    /** A field in which only ASCII may stand. */
    void asciiField(String name, String value) {
        field(name, value.replaceAll("[^ -~]", "?"));
    }

    /** A paragraph; one that begins with blanks is indented as a whole. */
    void wrapped(String paragraph) {
        var indent = paragraph.startsWith("    ") ? "    " : "";
        var current = new StringBuilder(indent);
        for (var word : paragraph.strip().split(" ")) {
            if (current.length() + 1 + word.length() > WIDTH && current.length() > indent.length()) {
                line(current.toString());
                current = new StringBuilder(indent);
            }
            current.append(current.length() > indent.length() ? " " : "").append(word);
        }
        line(current.toString());
    }

    /** What may stand in a header field without folding. */
    static String token(String text) {
        return OneLine.of(text, LONGEST_VALUE).replaceAll("[^\\x21-\\x7e]", "?");
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    boolean isAscii() {
        return isAscii(text.toString());
    }

    byte[] octets() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
