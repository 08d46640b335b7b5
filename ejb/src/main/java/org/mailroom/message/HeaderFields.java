package org.mailroom.message;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one header that IMAP tells of, unfolded, one octet a character. Of a field that comes twice the first counts;
 * address fields are joined, so that nobody is hidden from the reader.
 */
final class HeaderFields {
    /** What a Content field says at most; the rest of a longer one is cut. */
    private static final int LONGEST_CONTENT = 8192;

    @Nullable
    String contentType;

    @Nullable
    String encoding;

    @Nullable
    String disposition;

    @Nullable
    String contentId;

    @Nullable
    String description;

    @Nullable
    String md5;

    @Nullable
    String language;

    @Nullable
    String location;

    @Nullable
    String date;

    @Nullable
    String subject;

    @Nullable
    String from;

    @Nullable
    String sender;

    @Nullable
    String replyTo;

    @Nullable
    String to;

    @Nullable
    String cc;

    @Nullable
    String bcc;

    @Nullable
    String inReplyTo;

    @Nullable
    String messageId;

    @Nullable
    String references;

    /** Of so many messages before it no client tells. */
    private static final int LONGEST_REFERENCES = 64 * 1024;

    /** Address fields while they are read: each may come tens of thousands of times. */
    private final Map<String, StringBuilder> lists = new HashMap<>();

    /** Reads a header section; lines that are no fields are passed over. */
    static HeaderFields read(byte[] octets, int length) {
        var fields = new HeaderFields();
        int at = 0;
        while (at < length) {
            int start = at;
            do {
                at = lineEnd(octets, at, length);
            } while (at < length && (octets[at] == ' ' || octets[at] == '\t'));
            fields.field(octets, start, at);
        }
        fields.joinAll();
        return fields;
    }

    private static int lineEnd(byte[] octets, int from, int length) {
        int at = from;
        while (at < length && octets[at] != '\n') {
            at++;
        }
        return Math.min(length, at + 1);
    }

    private void field(byte[] octets, int start, int end) {
        int colon = start;
        while (colon < end && octets[colon] != ':') {
            colon++;
        }
        int nameEnd = colon;
        while (nameEnd > start && (octets[nameEnd - 1] == ' ' || octets[nameEnd - 1] == '\t')) {
            nameEnd--; // RFC 5322 §4.5: white space before the colon was once allowed
        }
        int length = nameEnd - start;
        if (colon == end || length < 2 || length > 25) {
            return;
        }
        var name = lowerCase(octets, start, nameEnd);
        switch (name) {
            case "content-type" -> contentType = first(contentType, octets, colon + 1, end);
            case "content-transfer-encoding" -> encoding = first(encoding, octets, colon + 1, end);
            case "content-disposition" -> disposition = first(disposition, octets, colon + 1, end);
            case "content-id" -> contentId = first(contentId, octets, colon + 1, end);
            case "content-description" -> description = first(description, octets, colon + 1, end);
            case "content-md5" -> md5 = first(md5, octets, colon + 1, end);
            case "content-language" -> language = first(language, octets, colon + 1, end);
            case "content-location" -> location = first(location, octets, colon + 1, end);
            case "date" -> date = first(date, octets, colon + 1, end);
            case "subject" -> subject = first(subject, octets, colon + 1, end);
            case "message-id" -> messageId = first(messageId, octets, colon + 1, end);
            case "references" -> references = unfold(octets, colon + 1, Math.min(end, colon + LONGEST_REFERENCES));
            case "in-reply-to" -> inReplyTo = first(inReplyTo, octets, colon + 1, end);
            case "from", "sender", "reply-to", "to", "cc", "bcc" -> join(name, octets, colon + 1, end);
            default -> {}
        }
    }

    private static String lowerCase(byte[] octets, int start, int end) {
        var name = new byte[end - start];
        for (int i = 0; i < name.length; i++) {
            byte c = octets[start + i];
            name[i] = c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
        }
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static String first(@Nullable String known, byte[] octets, int start, int end) {
        return known != null ? known : unfold(octets, start, Math.min(end, start + LONGEST_CONTENT));
    }

    private void join(String name, byte[] octets, int start, int end) {
        var list = lists.computeIfAbsent(name, first -> new StringBuilder());
        if (!list.isEmpty()) {
            list.append(", ");
        }
        list.append(unfold(octets, start, end));
    }

    private @Nullable String joined(String name) {
        var list = lists.get(name);
        return list == null ? null : list.toString();
    }

    private void joinAll() {
        from = joined("from");
        sender = joined("sender");
        replyTo = joined("reply-to");
        to = joined("to");
        cc = joined("cc");
        bcc = joined("bcc");
    }

    /** Without line ends and without white space around it; a CR or LF that stands alone becomes a space. */
    static String unfold(byte[] octets, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && blank(octets[from])) {
            from++;
        }
        while (to > from && blank(octets[to - 1])) {
            to--;
        }
        int at = from;
        while (at < to && octets[at] != '\r' && octets[at] != '\n') {
            at++;
        }
        if (at == to) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        var text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            if (c == '\n') {
                continue; // white space follows, or else this were another field
            }
            if (c == '\r') {
                if (octets[i + 1] != '\n') {
                    text.append(' ');
                }
                continue;
            }
            text.append((char) (c & 0xFF));
        }
        return text.toString();
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
