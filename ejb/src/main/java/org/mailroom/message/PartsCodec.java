package org.mailroom.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.contract.store.MimePart;

/**
 * The tree of MIME parts in the column {@code parts}: some 20 octets a part. Numbers are seven bits an octet, the lowest
 * first; offsets count from the place before them, and words that are common are one number.
 */
public final class PartsCodec {
    /** The first octet; another layout takes another number. */
    private static final int LAYOUT = 1;

    /** Only ever add at the end: stored rows count on the places. */
    private static final List<String> WORDS = List.of(
            "",
            "7bit",
            "8bit",
            "quoted-printable",
            "base64",
            "binary",
            "us-ascii",
            "utf-8",
            "iso-8859-1",
            "windows-1252",
            "iso-8859-15",
            "text/plain",
            "text/html",
            "text/calendar",
            "multipart/mixed",
            "multipart/alternative",
            "multipart/related",
            "multipart/report",
            "multipart/signed",
            "message/rfc822",
            "message/delivery-status",
            "application/octet-stream",
            "application/pdf",
            "image/jpeg",
            "image/png",
            "image/gif");

    private PartsCodec() {}

    public static byte[] encode(MimePart root) {
        var out = new ByteArrayOutputStream(64);
        out.write(LAYOUT);
        encode(root, 0, out);
        return out.toByteArray();
    }

    private static void encode(MimePart part, long from, ByteArrayOutputStream out) {
        word(part.type(), out);
        word(part.encoding(), out);
        word(part.charset(), out);
        number(part.header() - from, out);
        number(part.body() - part.header(), out);
        number(part.end() - part.body(), out);
        number(part.parts().size(), out);
        for (var inner : part.parts()) {
            encode(inner, part.header(), out);
        }
    }

    private static void word(String word, ByteArrayOutputStream out) {
        int known = WORDS.indexOf(word);
        if (known >= 0) {
            number(2L * known, out);
        } else {
            var octets = word.getBytes(StandardCharsets.UTF_8);
            number(2L * octets.length + 1, out);
            out.writeBytes(octets);
        }
    }

    private static void number(long value, ByteArrayOutputStream out) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    public static MimePart decode(byte[] octets) {
        if (octets[0] != LAYOUT) {
            throw new IllegalArgumentException("parts are in layout " + octets[0]);
        }
        return new Reader(octets).part(0);
    }

    private static final class Reader {
        private final byte[] octets;
        private int at = 1;

        Reader(byte[] octets) {
            this.octets = octets;
        }

        MimePart part(long from) {
            var type = word();
            var encoding = word();
            var charset = word();
            long header = from + number();
            long body = header + number();
            long end = body + number();
            int count = (int) number();
            var parts = new ArrayList<MimePart>(count);
            for (int i = 0; i < count; i++) {
                parts.add(part(header));
            }
            return new MimePart(type, encoding, charset, header, body, end, parts);
        }

        private String word() {
            long value = number();
            int length = (int) (value >>> 1);
            if ((value & 1) == 0) {
                return WORDS.get(length);
            }
            at += length;
            return new String(octets, at - length, length, StandardCharsets.UTF_8);
        }

        private long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte octet = octets[at++];
                value |= (long) (octet & 0x7F) << shift;
                if (octet >= 0) {
                    return value;
                }
            }
        }
    }
}
