package org.mailroom.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** Turns the octets of a header field into what people read. */
public final class HeaderText {
    private static final Charset LATIN = Charset.forName("windows-1252");

    private HeaderText() {}

    /** Decoded (RFC 2047), without control characters, cut at a length. */
    public static String forPeople(String octets, int longest) {
        return clean(decode(octets), longest);
    }

    /** As it was sent, without control characters, cut at a length. */
    static String printable(String octets, int longest) {
        return clean(unicode(octets), longest);
    }

    /** Decodes encoded words, and octets beyond ASCII as UTF-8 or, where they are not that, as Windows Latin. */
    public static String decode(String octets) {
        var text = unicode(octets);
        if (!text.contains("=?")) {
            return text;
        }
        try {
            return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            return text; // an encoded word that breaks the decoder is shown as it stands
        }
    }

    /** A string with one octet a character as Unicode. */
    private static String unicode(String octets) {
        int at = 0;
        while (at < octets.length() && octets.charAt(at) < 0x80) {
            at++;
        }
        if (at == octets.length()) {
            return octets;
        }
        var bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, LATIN);
        }
    }

    private static String clean(String text, int longest) {
        int at = 0;
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < 0x7F) {
            at++;
        }
        if (at == text.length() && at <= longest) {
            return text;
        }
        var clean = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (clean.length() + Character.charCount(c) > longest) {
                break;
            }
            clean.appendCodePoint(Character.isISOControl(c) || isLoneSurrogate(c) || isDirection(c) ? ' ' : c);
        }
        return clean.toString();
    }

    private static boolean isLoneSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** Marks that turn text around them, with which a line can be made to read as another. */
    private static boolean isDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
