package org.mailroom.connector.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mailroom.connector.imap.parse.Section;

/**
 * Picks fields out of a header (RFC 9051 §6.4.5.1: HEADER.FIELDS), which comes in pieces of any size. Fields stay as they are,
 * folded and in their order, and an empty line ends them.
 */
final class HeaderFields {
    /** More is not kept in memory for one message; the fields that go beyond it are left out. */
    private static final int MOST = 1024 * 1024;

    private final Set<String> names;
    private final boolean not;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);

    /** The beginning of a field, as far as its name may reach. */
    private final StringBuilder start = new StringBuilder();

    private boolean atLineStart = true;
    private boolean nameKnown;
    private boolean keeps;
    private int lineLength;
    private boolean ended;

    HeaderFields(Section section) {
        this.names = new HashSet<>(section.fields());
        this.not = section.kind() == Section.Kind.HEADER_FIELDS_NOT;
    }

    void add(byte[] octets, int from, int to) {
        for (int i = from; i < to && !ended; ) {
            if (nameKnown && !atLineStart) {
                i = restOfLine(octets, i, to);
            } else {
                add(octets[i++]);
            }
        }
    }

    /** Once the field is known, a line stays or goes as a whole, which is what most octets are spared by. */
    private int restOfLine(byte[] octets, int from, int to) {
        int end = from;
        while (end < to && octets[end] != '\n') {
            end++;
        }
        atLineStart = end < to;
        int next = atLineStart ? end + 1 : end;
        if (keeps) {
            kept.write(octets, from, Math.clamp(MOST - kept.size(), 0, next - from));
        }
        return next;
    }

    private void add(byte octet) {
        if (atLineStart && octet != ' ' && octet != '\t') {
            // A line that is not folded begins another field.
            nameKnown = false;
            keeps = false;
            start.setLength(0);
            lineLength = 0;
        }
        atLineStart = octet == '\n';
        lineLength++;
        if (nameKnown) {
            // The white space of a folded line.
            if (keeps && kept.size() < MOST) {
                kept.write(octet);
            }
            return;
        }
        start.append((char) (octet & 0xFF));
        if (octet == ':' || octet == '\n') {
            nameKnown = true;
            decide(octet == ':');
        }
    }

    private void decide(boolean isField) {
        if (!isField && start.toString().isBlank() && lineLength <= 2) {
            ended = true;
            return;
        }
        var name = isField ? start.substring(0, start.length() - 1).strip().toUpperCase(Locale.ROOT) : "";
        keeps = isField && names.contains(name) != not && kept.size() < MOST;
        if (keeps) {
            kept.writeBytes(start.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        start.setLength(0);
    }

    byte[] done() {
        kept.writeBytes(new byte[] {'\r', '\n'});
        return kept.toByteArray();
    }
}
