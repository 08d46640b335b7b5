package org.mailroom.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parenthesised data of IMAP. Strings hold one octet a character, as they stood in the message. What is 7-bit goes
 * out quoted and the rest as a literal, so that an IMAP4rev1 client can read all of it (RFC 3501 §4.3, RFC 9051 §4.3).
 */
final class ImapText {
    private byte[] octets = new byte[512];
    private int used;

    ImapText raw(char c) {
        room(1)[used++] = (byte) c;
        return this;
    }

    ImapText raw(String ascii) {
        int length = ascii.length();
        room(length);
        for (int i = 0; i < length; i++) {
            octets[used++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    ImapText space() {
        return raw(' ');
    }

    ImapText nil() {
        return raw("NIL");
    }

    ImapText number(long value) {
        return raw(Long.toString(value));
    }

    ImapText nstring(@Nullable String text) {
        return text == null ? nil() : string(text);
    }

    ImapText string(String text) {
        int length = text.length();
        room(2 * length + 2);
        int start = used;
        octets[used++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                used = start;
                return literal(text);
            }
            if (c == 0) {
                continue; // no IMAP string can carry NUL (RFC 9051 §4.3)
            }
            if (c == '"' || c == '\\') {
                octets[used++] = '\\';
            }
            octets[used++] = (byte) (c == '\r' || c == '\n' ? ' ' : c);
        }
        octets[used++] = '"';
        return this;
    }

    private ImapText literal(String text) {
        var bytes = text.replace("\0", "").getBytes(StandardCharsets.ISO_8859_1);
        raw('{').number(bytes.length).raw("}\r\n");
        return append(bytes);
    }

    ImapText append(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, octets, used, bytes.length);
        used += bytes.length;
        return this;
    }

    byte[] octets() {
        return Arrays.copyOf(octets, used);
    }

    private byte[] room(int more) {
        if (used + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, used + more));
        }
        return octets;
    }
}
