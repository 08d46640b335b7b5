package org.mailroom.feedback;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.store.MimePart;
import org.mailroom.message.MessageParser;

/** Finds the report in its message, packed or not: what it is, its octets tell better than its media type. */
final class Enclosed {
    /** Octets of a report, unpacked. */
    static final int MOST = 16 << 20;

    private static final int MOST_PARTS = 10;
    private static final int MOST_ENTRIES = 10;

    private Enclosed() {}

    static Received read(MessageSource message) throws Unreadable {
        var parts = new ArrayList<MimePart>();
        leaves(MessageParser.parse(message).parts(), parts);
        try {
            for (var part : parts) {
                var octets = unpacked(message, part);
                int first = first(octets);
                if (first == '<' && !part.type().equals("text/html")) {
                    return DmarcReader.read(octets);
                }
                if (first == '{') {
                    return TlsReader.read(octets);
                }
            }
        } catch (IOException e) {
            throw new Unreadable("the attachment cannot be unpacked: " + e.getMessage());
        }
        throw new Unreadable("no report is attached");
    }

    private static void leaves(MimePart part, List<MimePart> found) {
        if (part.parts().isEmpty() && found.size() < MOST_PARTS) {
            found.add(part);
        }
        if (part.isMultipart()) {
            part.parts().forEach(inner -> leaves(inner, found));
        }
    }

    /** The first octet that is no blank, behind a byte order mark; -1 where there is none. */
    private static int first(byte[] octets) {
        int at = octets.length > 2 && octets[0] == (byte) 0xEF && octets[1] == (byte) 0xBB ? 3 : 0;
        while (at < octets.length && octets[at] <= ' ' && octets[at] >= 0) {
            at++;
        }
        return at < octets.length ? octets[at] : -1;
    }

    private static byte[] unpacked(MessageSource message, MimePart part) throws IOException, Unreadable {
        try (var in = new BufferedInputStream(decoded(message, part))) {
            in.mark(4);
            var magic = in.readNBytes(4);
            in.reset();
            if (magic.length > 1 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
                return bounded(new GZIPInputStream(in));
            }
            if (magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3 && magic[3] == 4) {
                return entry(new ZipInputStream(in));
            }
            // Prose and pictures need not be read to their end.
            return first(magic) == '<' || first(magic) == '{' || first(magic) < 0 ? bounded(in) : new byte[0];
        }
    }

    private static byte[] entry(ZipInputStream zip) throws IOException, Unreadable {
        for (int i = 0; i < MOST_ENTRIES; i++) {
            var entry = zip.getNextEntry();
            if (entry == null) {
                break;
            }
            if (!entry.isDirectory()) {
                return bounded(zip);
            }
        }
        throw new Unreadable("the archive has no file");
    }

    private static byte[] bounded(InputStream in) throws IOException, Unreadable {
        var octets = in.readNBytes(MOST + 1);
        if (octets.length > MOST) {
            throw new Unreadable("it has more than " + (MOST >> 20) + " MB when it is unpacked");
        }
        return octets;
    }

    private static InputStream decoded(MessageSource message, MimePart part) throws IOException {
        var in = message.open();
        in.skipNBytes(part.body());
        var body = new Limited(in, part.end() - part.body());
        return switch (part.encoding()) {
            case "base64" -> new Base64InputStream(body, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(body, DecodeMonitor.SILENT);
            default -> body;
        };
    }

    /** Ends where the part does. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(octets, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
