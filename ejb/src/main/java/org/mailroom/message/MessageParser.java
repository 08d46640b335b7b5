package org.mailroom.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.mailroom.contract.MessageSource;

/**
 * Reads a message once, from the first octet to the last, in a buffer that does not grow with it. Every sequence of octets is
 * a message; what makes no sense as MIME is text.
 */
public final class MessageParser {
    private static final int BUFFER = 64 * 1024;

    private static final int LONGEST_SUBJECT = 1000;
    private static final int LONGEST_ADDRESS = 500;

    private MessageParser() {}

    public static ParsedMessage parse(MessageSource source) {
        var scanner = scan(source);
        return describe(scanner.root, scanner.size());
    }

    static MimeScanner scan(MessageSource source) {
        var scanner = new MimeScanner();
        try (var in = source.open()) {
            scan(in, Math.clamp(source.size() + 1, 512, BUFFER), scanner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scanner.end();
        return scanner;
    }

    private static void scan(InputStream in, int capacity, MimeScanner scanner) throws IOException {
        var buffer = new byte[capacity];
        int used = 0;
        boolean begins = true;
        for (int read; (read = in.read(buffer, used, buffer.length - used)) >= 0; ) {
            int from = 0;
            int limit = used + read;
            for (int at = used; at < limit; at++) {
                if (buffer[at] == '\n') {
                    scanner.line(buffer, from, at + 1, begins);
                    begins = true;
                    from = at + 1;
                }
            }
            if (from == 0 && limit == buffer.length) {
                // A line that fills the buffer goes in pieces; a CR stays with its LF.
                int to = buffer[limit - 1] == '\r' ? limit - 1 : limit;
                scanner.line(buffer, 0, to, begins);
                begins = false;
                from = to;
            }
            used = limit - from;
            System.arraycopy(buffer, from, buffer, 0, used);
        }
        if (used > 0) {
            scanner.line(buffer, 0, used, begins);
        }
    }

    private static ParsedMessage describe(MimeEntity root, long size) {
        var fields = root.fields;
        var envelope = new ImapText();
        var from = StructureText.envelope(fields, envelope);
        var structure = new ImapText();
        StructureText.structure(root, structure);
        var messageId = MessageIds.first(fields.messageId);
        return new ParsedMessage(
                size,
                (int) root.body,
                fields.date == null ? null : SentDate.parse(fields.date),
                messageId,
                fields.subject == null ? null : HeaderText.forPeople(fields.subject, LONGEST_SUBJECT),
                from == null ? null : HeaderText.forPeople(from, LONGEST_ADDRESS),
                envelope.octets(),
                structure.octets(),
                root.toPart(),
                Sorting.of(fields, messageId, envelope.octets()));
    }
}
