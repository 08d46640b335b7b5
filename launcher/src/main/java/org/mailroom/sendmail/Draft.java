package org.mailroom.sendmail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A message as a program wrote it, with line ends as the wire has them.
 *
 * @param header fields, each whole with its folded lines
 * @param body from the line after the header on
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
record Draft(List<String> header, byte[] body) {
    private static final int LARGEST = 256 * 1024 * 1024;

    Draft {
        header = List.copyOf(header);
    }

    /** @param dotIsText whether a line with a dot alone is text, and not the end */
    static Draft read(InputStream in, boolean dotIsText) throws IOException, SendmailException {
        var header = new ArrayList<String>();
        var body = new ByteArrayOutputStream();
        boolean inHeader = true;
        for (var line = line(in); line != null; line = line(in)) {
            if (!dotIsText && line.length == 1 && line[0] == '.') {
                break;
            }
            if (inHeader) {
                inHeader = take(header, line, body);
            } else {
                write(body, line);
            }
            if (body.size() > LARGEST) {
                throw new SendmailException(Exit.DATA, "the message is too large");
            }
        }
        return new Draft(header, body.toByteArray());
    }

    /** False where the header ends with this line. What is no field is the first line of the text. */
    private static boolean take(List<String> header, byte[] octets, ByteArrayOutputStream body) {
        var line = new String(octets, StandardCharsets.ISO_8859_1);
        if (line.isEmpty()) {
            return false;
        }
        if ((line.startsWith(" ") || line.startsWith("\t")) && !header.isEmpty()) {
            header.set(header.size() - 1, header.getLast() + "\r\n" + line);
            return true;
        }
        if (line.matches("[!-9;-~]+[ \t]*:.*")) {
            header.add(line);
            return true;
        }
        write(body, octets);
        return false;
    }

    private static void write(ByteArrayOutputStream body, byte[] line) {
        body.writeBytes(line);
        body.write('\r');
        body.write('\n');
    }

    /** Without its end, LF or CRLF; null where there is none left. A CR elsewhere would be no line end for others. */
    private static byte @org.jspecify.annotations.Nullable [] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toByteArray();
    }

    /** Whom From names without an address, as cron's {@code root (Cron Daemon)}; otherwise empty. */
    String bareAuthor() {
        return namesAuthor() ? "" : from().findFirst().orElse("");
    }

    private boolean namesAuthor() {
        return from().anyMatch(text -> text.contains("@"));
    }

    private Stream<String> from() {
        return header.stream()
                .filter(field -> isNamed(field, "from"))
                .map(field -> field.substring(field.indexOf(':') + 1).strip());
    }

    /** The addresses in all To, Cc and Bcc fields. */
    List<String> recipients() {
        return header.stream()
                .filter(field -> isNamed(field, "to") || isNamed(field, "cc") || isNamed(field, "bcc"))
                .flatMap(field -> Addresses.of(field.substring(field.indexOf(':') + 1)).stream())
                .distinct()
                .toList();
    }

    /** As it is sent: without Bcc, and with this From where the program's has no address. */
    byte[] octets(String from) {
        var text = new StringBuilder();
        boolean authored = namesAuthor();
        if (!authored) {
            text.append("From: ").append(from).append("\r\n");
        }
        header.stream()
                .filter(field -> !isNamed(field, "bcc") && (authored || !isNamed(field, "from")))
                .forEach(field -> text.append(field).append("\r\n"));
        text.append("\r\n");
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        octets.writeBytes(body);
        return octets.toByteArray();
    }

    private static boolean isNamed(String field, String name) {
        return field.substring(0, field.indexOf(':'))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(name);
    }
}
