package org.mailroom.transport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a web server says (HTTP/1.1, RFC 9112), as far as it is short.
 *
 * @param type media type, lower case, with its parameters; empty where none is said
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record WebAnswer(int status, String type, byte[] octets) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_FIELDS = 100;

    static WebAnswer read(InputStream in) throws IOException {
        int status;
        Map<String, String> fields;
        do {
            status = status(line(in));
            fields = fields(in);
        } while (status < 200); // RFC 9110 §15.2: not the answer yet
        var type = fields.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        return new WebAnswer(status, type, body(in, status, fields));
    }

    private static int status(String line) throws IOException {
        var match = STATUS.matcher(line);
        if (!match.matches()) {
            throw new IOException("what answers is no web server");
        }
        return Integer.parseInt(match.group(1));
    }

    private static Map<String, String> fields(InputStream in) throws IOException {
        var fields = new HashMap<String, String>();
        for (int left = MOST_FIELDS; left > 0; left--) {
            var line = line(in);
            if (line.isEmpty()) {
                return fields;
            }
            int colon = Math.max(0, line.indexOf(':'));
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(Math.min(line.length(), colon + 1)).strip());
        }
        throw tooMuch();
    }

    /** RFC 9112 §6.3. */
    private static byte[] body(InputStream in, int status, Map<String, String> fields) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (fields.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return chunks(in);
        }
        var length = fields.get("content-length");
        if (length != null) {
            return exactly(in, number(length, 10));
        }
        var octets = in.readNBytes(LARGEST + 1);
        if (octets.length > LARGEST) {
            throw tooMuch();
        }
        return octets;
    }

    /** RFC 9112 §7.1; what follows the last chunk is not looked at. */
    private static byte[] chunks(InputStream in) throws IOException {
        var octets = new ByteArrayOutputStream();
        while (true) {
            int size = number(line(in).split("[; \t]", 2)[0], 16);
            if (size == 0) {
                return octets.toByteArray();
            }
            octets.write(exactly(in, size));
            if (octets.size() > LARGEST) {
                throw tooMuch();
            }
            line(in);
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number < 0 || number > LARGEST) {
                throw tooMuch();
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IOException("the web server's answer makes no sense", e);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException("the web server broke off");
        }
        return octets;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the web server broke off");
            }
            if (line.size() == LONGEST_LINE) {
                throw tooMuch();
            }
            line.write(octet);
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static IOException tooMuch() {
        return new IOException("the web server's answer is too long");
    }
}
