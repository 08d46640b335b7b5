package org.mailroom.message;

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
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.MimePart;

/** The first words of a message, as a list of messages shows them (RFC 8970 §3). */
final class Preview {
    /** RFC 8970 §3.1: 200 characters are what clients show; more than 256 is not allowed. */
    private static final int LONGEST = 200;

    /** Octets of the part that are looked at: HTML begins with much that nobody reads. */
    private static final int LOOKED_AT = 16 * 1024;

    private Preview() {}

    /** @param first the first octets of the message; empty where there is no text in them */
    static String of(MimePart root, byte[] first) {
        var part = text(root, "text/plain");
        boolean html = part == null;
        part = html ? text(root, "text/html") : part;
        if (part == null || part.body() >= first.length) {
            return "";
        }
        int from = (int) part.body();
        int length = (int) Math.min(Math.min(part.end(), first.length) - from, LOOKED_AT);
        try (var reader = new InputStreamReader(
                decoded(part, new ByteArrayInputStream(first, from, length)), charset(part.charset()))) {
            var buffer = new char[LOOKED_AT];
            int read = Math.max(0, reader.read(buffer));
            var text = new String(buffer, 0, read);
            return HeaderText.forPeople(words(html ? withoutTags(text) : text), LONGEST)
                    .strip();
        } catch (IOException | RuntimeException e) {
            return ""; // what cannot be decoded is no preview
        }
    }

    private static @Nullable MimePart text(MimePart part, String type) {
        if (part.type().equals(type)) {
            return part;
        }
        if (part.isMultipart()) {
            for (var inner : part.parts()) {
                var found = text(inner, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static InputStream decoded(MimePart part, InputStream in) {
        return switch (part.encoding()) {
            case "base64" -> new Base64InputStream(in, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(in, DecodeMonitor.SILENT);
            default -> in;
        };
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** In one line, without what is quoted of an earlier message; octet by octet, for every message that arrives comes here. */
    private static String words(String text) {
        var words = new StringBuilder(2 * LONGEST);
        boolean quoted = false;
        boolean lineBegins = true;
        boolean gap = false;
        for (int at = 0; at < text.length() && words.length() < 2 * LONGEST; at++) {
            char c = text.charAt(at);
            if (lineBegins) {
                quoted = c == '>';
            }
            lineBegins = c == '\n' || c == '\r';
            if (quoted || c <= ' ' || Character.isWhitespace(c)) {
                gap = true;
            } else {
                if (gap && !words.isEmpty()) {
                    words.append(' ');
                }
                gap = false;
                words.append(c);
            }
        }
        return words.toString();
    }

    /** What a reader sees of HTML, near enough. */
    private static String withoutTags(String html) {
        var text = new StringBuilder();
        for (int at = 0; at < html.length(); ) {
            if (html.charAt(at) != '<') {
                text.append(html.charAt(at++));
                continue;
            }
            int hidden = hidden(html, at);
            int end = hidden > at ? hidden : html.indexOf('>', at) + 1;
            at = end <= at ? html.length() : end;
            text.append(' ');
        }
        return text.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** The end of an element, or comment, of which nothing is shown; here where none begins. */
    private static int hidden(String html, int at) {
        for (var name : new String[] {"style", "script", "head", "title"}) {
            if (html.regionMatches(true, at + 1, name, 0, name.length())) {
                int end = html.toLowerCase(Locale.ROOT).indexOf("</" + name, at);
                return end < 0 ? html.length() : end;
            }
        }
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at);
            return end < 0 ? html.length() : end + 3;
        }
        return at;
    }
}
