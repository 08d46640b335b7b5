package org.mailroom.search;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.mailroom.contract.store.MimePart;
import org.mailroom.message.HeaderText;
import org.mailroom.message.StoredOctets;

/**
 * The texts in one message: header fields decoded (RFC 2047), bodies of text decoded from their transfer encoding and charset
 * (RFC 9051 §6.4.4). What lies beyond the first piece is streamed.
 */
public final class MessageText {
    /** Of the header of a part; what is longer is no header that anybody wrote. */
    private static final int LONGEST_HEADER = 256 * 1024;

    private final StoredOctets stored;
    private final long message;
    private final byte[] first;

    /** @param first the octets that are at hand, from the first on */
    @SuppressWarnings("EI2")
    public MessageText(StoredOctets stored, long message, byte[] first) {
        this.stored = stored;
        this.message = message;
        this.first = first;
    }

    /** Whether the header has a field of this name that contains the text. */
    public static boolean header(byte[] header, String name, TextMatcher look) {
        for (var field : fields(header)) {
            int colon = field.indexOf(':');
            if (colon > 0 && field.substring(0, colon).strip().equalsIgnoreCase(name)) {
                if (look.isEmpty()
                        || look.in(HeaderText.decode(field.substring(colon + 1).strip()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the text stands in the body, or anywhere in the header of the message itself. */
    public boolean text(MimePart root, boolean alsoHeader, Look look) throws IOException {
        return (alsoHeader && inHeader(root, look)) || inBody(root, look);
    }

    /** Collects from all that {@link #text} or {@link #header} would look into. */
    void all(MimePart root, Trigrams trigrams) throws IOException {
        text(root, true, trigrams);
        try (var in = open(root.header(), Math.min(root.body(), root.header() + LONGEST_HEADER))) {
            for (var field : fields(in.readAllBytes())) {
                // Alone it may be decoded where it was not behind its name.
                trigrams.in(HeaderText.decode(
                        field.substring(field.indexOf(':') + 1).strip()));
            }
        }
    }

    private boolean inHeader(MimePart part, Look look) throws IOException {
        long end = Math.min(part.body(), part.header() + LONGEST_HEADER);
        byte[] header;
        try (var in = open(part.header(), end)) {
            header = in.readAllBytes();
        }
        for (var field : fields(header)) {
            if (look.in(HeaderText.decode(field))) {
                return true;
            }
        }
        return false;
    }

    private boolean inBody(MimePart part, Look look) throws IOException {
        for (var inner : part.parts()) {
            if (inHeader(inner, look) || inBody(inner, look)) {
                return true;
            }
        }
        boolean readable = part.type().startsWith("text/") || part.type().startsWith("message/");
        return part.parts().isEmpty() && readable && inText(part, look);
    }

    private boolean inText(MimePart part, Look look) throws IOException {
        var charset = charset(part.charset());
        boolean encoded = part.encoding().equals("base64") || part.encoding().equals("quoted-printable");
        if (!encoded && part.end() <= first.length && asciiCompatible(charset)) {
            var found = look.inAscii(first, (int) part.body(), (int) part.end());
            if (found != null) {
                return found;
            }
        }
        try (var reader = new InputStreamReader(decoded(part), charset)) {
            return look.in(reader);
        }
    }

    private InputStream decoded(MimePart part) {
        var in = open(part.body(), part.end());
        return switch (part.encoding()) {
            case "base64" -> new Base64InputStream(in, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(in, DecodeMonitor.SILENT);
            default -> in;
        };
    }

    private InputStream open(long from, long to) {
        if (to <= first.length) {
            return new ByteArrayInputStream(first, (int) from, (int) (to - from));
        }
        return stored.stream(message, from, to);
    }

    private static boolean asciiCompatible(Charset charset) {
        var name = charset.name();
        return !name.startsWith("UTF-16")
                && !name.startsWith("UTF-32")
                && !name.startsWith("ISO-2022")
                && !name.startsWith("IBM")
                && !name.startsWith("x-");
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8; // a charset that nobody knows
        }
    }

    /** The fields of a header, unfolded, one octet a character. */
    private static String[] fields(byte[] header) {
        var text = new String(header, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        return text.replace("\n ", " ").replace("\n\t", "\t").split("\n");
    }
}
