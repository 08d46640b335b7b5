package org.mailroom.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailroom.contract.store.MailStore;

/**
 * Finds the entities of a message in one pass over its lines. A line ends with LF, with or without CR before it; a CR alone
 * is an octet like others. Whatever the octets are, the entities found cover them: a boundary that never comes, a header
 * without an end or a part without a header only moves the limits.
 */
final class MimeScanner {
    /** Deeper ones are kept as they are and not looked into. */
    private static final int DEEPEST = 100;

    private static final int MOST_ENTITIES = 1000;

    /** Octets of headers that are looked at in all; later parts have their first {@link #LEAST_HEADER} read. */
    private static final int MOST_HEADERS = 1 << 20;

    private static final int LEAST_HEADER = 8192;

    /** A message's own header lies in the first row; what is beyond counts as body. */
    static final int LONGEST_HEADER = MailStore.CHUNK - 2;

    final MimeEntity root = new MimeEntity(null, 0);

    private MimeEntity current = root;
    private boolean inHeader = true;
    private int entities = 1;

    /** Multiparts that wait for a boundary, the innermost last. */
    private final List<MimeEntity> multiparts = new ArrayList<>();

    private byte[] header = new byte[4096];
    private int headerUsed;
    private int headersRead;

    private long at;
    private long lines;
    private int lastLine;
    private int lastLineEnd;

    /**
     * A line, or a piece of a long one.
     *
     * @param begins whether a line begins here
     * @param to behind the line end, where there is one
     */
    void line(byte[] octets, int from, int to, boolean begins) {
        int length = to - from;
        int lineEnd = lineEnd(octets, from, to);
        long start = at;
        if (begins && length > 2 && octets[from] == '-' && octets[from + 1] == '-' && !multiparts.isEmpty()) {
            if (boundary(octets, from + 2, to - lineEnd, start, start + length)) {
                ended(length, lineEnd, true);
                return;
            }
        }
        ended(length, lineEnd, begins);
        if (inHeader) {
            if (begins && length == lineEnd && lineEnd > 0) {
                headerEnded();
            } else {
                headerLine(octets, from, length, start);
            }
        }
    }

    private static int lineEnd(byte[] octets, int from, int to) {
        if (octets[to - 1] != '\n') {
            return 0;
        }
        return to - from > 1 && octets[to - 2] == '\r' ? 2 : 1;
    }

    private void ended(int length, int lineEnd, boolean begins) {
        at += length;
        if (lineEnd > 0) {
            lines++;
        }
        lastLine = (begins ? 0 : lastLine) + length - lineEnd;
        lastLineEnd = lineEnd;
    }

    /** Acts on a delimiter (RFC 2046 §5.1.1); false where the line is none. */
    private boolean boundary(byte[] octets, int from, int to, long start, long behind) {
        for (int i = multiparts.size() - 1; i >= 0; i--) {
            var multipart = multiparts.get(i);
            var boundary = multipart.boundary;
            if (boundary == null || !startsWith(octets, from, to, boundary)) {
                continue;
            }
            int rest = from + boundary.length();
            boolean last = to - rest >= 2 && octets[rest] == '-' && octets[rest + 1] == '-';
            if (!blank(octets, last ? rest + 2 : rest, to)) {
                continue;
            }
            delimiter(multipart, i, last, start, behind);
            return true;
        }
        return false;
    }

    private void delimiter(MimeEntity multipart, int index, boolean last, long start, long behind) {
        // The CRLF before a boundary belongs to the boundary.
        long limit = start - lastLineEnd;
        int partial = lastLine > 0 ? 1 : 0;
        if (current != multipart) {
            closeUpTo(multipart, limit, partial);
        }
        multiparts.subList(index + 1, multiparts.size()).clear();
        if (last) {
            multiparts.removeLast();
            multipart.boundary = null;
            if (multipart.children.isEmpty()) {
                onlyPart(multipart, limit, lines - 1, partial);
            }
            current = multipart;
            inHeader = false;
        } else if (entities >= MOST_ENTITIES) {
            // The rest is left to the part that begins here: no more delimiters are looked for.
            begin(multipart, behind);
            multiparts.clear();
        } else {
            begin(multipart, behind);
        }
    }

    private void begin(MimeEntity parent, long offset) {
        var child = new MimeEntity(parent, offset);
        parent.children.add(child);
        entities++;
        current = child;
        inHeader = true;
        headerUsed = 0;
    }

    /** Ends what is open inside the multipart. */
    private void closeUpTo(MimeEntity multipart, long limit, int partial) {
        if (inHeader) {
            understand(Math.max(current.header, limit));
        }
        for (var entity = current; entity != null && entity != multipart; entity = entity.parent) {
            close(entity, limit, lines - 1, partial);
        }
    }

    /** @param linesEnded line ends before the limit */
    private void close(MimeEntity entity, long limit, long linesEnded, int partial) {
        entity.end = Math.max(entity.body, limit);
        entity.lines = entity.end == entity.body ? 0 : linesEnded - entity.linesBefore + partial;
        if (entity.children.isEmpty() && (entity.isMultipart() || entity.isMessage())) {
            onlyPart(entity, limit, linesEnded, partial);
        }
    }

    /** A multipart must have a part (RFC 9051 §9, body-type-mpart), and a message too: where none began, it is all there is. */
    private void onlyPart(MimeEntity whole, long limit, long linesEnded, int partial) {
        var part = new MimeEntity(whole, whole.body);
        part.linesBefore = whole.linesBefore;
        part.end = Math.max(part.body, limit);
        part.lines = part.end == part.body ? 0 : linesEnded - part.linesBefore + partial;
        whole.children.add(part);
        entities++;
    }

    private void headerLine(byte[] octets, int from, int length, long start) {
        int limit = Math.max(LEAST_HEADER, Math.min(LONGEST_HEADER, MOST_HEADERS - headersRead));
        int take = Math.min(length, limit - headerUsed);
        if (take > 0) {
            if (headerUsed + take > header.length) {
                header = Arrays.copyOf(header, Math.max(2 * header.length, headerUsed + take));
            }
            System.arraycopy(octets, from, header, headerUsed, take);
            headerUsed += take;
        }
        if (current == root && start + length >= LONGEST_HEADER) {
            root.linesBefore = lines;
            inHeader = false;
            understand(LONGEST_HEADER);
            enter();
        }
    }

    private void headerEnded() {
        inHeader = false;
        understand(at);
        enter();
    }

    private void understand(long body) {
        headersRead += headerUsed;
        current.body = body;
        current.linesBefore = lines;
        current.understand(HeaderFields.read(header, headerUsed), current.depth < DEEPEST && entities < MOST_ENTITIES);
    }

    /** Looks inside where there is something. */
    private void enter() {
        if (current.isMultipart()) {
            multiparts.add(current);
        } else if (current.isMessage()) {
            begin(current, current.body);
        }
    }

    /** The last octet was seen. */
    void end() {
        int partial = lastLineEnd == 0 && lastLine > 0 ? 1 : 0;
        if (inHeader) {
            understand(at);
            inHeader = false;
        }
        for (var entity = current; entity != null; entity = entity.parent) {
            close(entity, at, lines, partial);
        }
    }

    long size() {
        return at;
    }

    private static boolean startsWith(byte[] octets, int from, int to, String text) {
        int length = text.length();
        if (to - from < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((octets[from + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean blank(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] != ' ' && octets[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
