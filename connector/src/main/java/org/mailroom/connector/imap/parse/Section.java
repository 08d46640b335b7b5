package org.mailroom.connector.imap.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which part of a message BODY[…] means (RFC 9051 §6.4.5.1).
 *
 * @param path part numbers from the outermost; empty for the message itself
 * @param fields names of header fields, in capitals, for the two kinds that list them
 */
public record Section(List<Integer> path, Kind kind, List<String> fields) {
    /** The message as a whole. */
    public static final Section ALL = new Section(List.of(), Kind.CONTENT, List.of());

    public static final Section HEADER = new Section(List.of(), Kind.HEADER, List.of());
    public static final Section TEXT = new Section(List.of(), Kind.TEXT, List.of());

    private static final int DEEPEST = 100;
    private static final int MOST_FIELDS = 1000;

    public Section {
        path = List.copyOf(path);
        fields = List.copyOf(fields);
    }

    /** What of the part. */
    public enum Kind {
        /** The body of a part, or with an empty path header and body of the message. */
        CONTENT(""),
        HEADER("HEADER"),
        HEADER_FIELDS("HEADER.FIELDS"),
        HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
        TEXT("TEXT"),
        MIME("MIME");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public boolean listsFields() {
            return this == HEADER_FIELDS || this == HEADER_FIELDS_NOT;
        }
    }

    /** Reads what stands between the brackets, and the closing one. */
    static Section read(Arguments in) throws BadSyntax {
        var path = new ArrayList<Integer>();
        var kind = Kind.CONTENT;
        if (!in.take(']')) {
            boolean more = true;
            while (more && Arguments.isDigit(in.peek())) {
                path.add(partNumber(in));
                more = in.take('.');
            }
            if (path.size() > DEEPEST) {
                throw new BadSyntax("Parts are nested at most " + DEEPEST + " deep");
            }
            // A dot promises that something follows.
            kind = more ? kind(in, path) : Kind.CONTENT;
            var fields = kind.listsFields() ? fields(in) : List.<String>of();
            in.expect(']');
            return new Section(path, kind, fields);
        }
        return ALL;
    }

    /** What stands between the brackets, on its own. */
    static Section of(String text) throws BadSyntax {
        var in = new Arguments(Frame.of(text + "]"));
        var section = read(in);
        in.end();
        return section;
    }

    private static int partNumber(Arguments in) throws BadSyntax {
        long number = in.number("a part number");
        if (number == 0) {
            throw new BadSyntax("Parts are counted from 1");
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private static Kind kind(Arguments in, List<Integer> path) throws BadSyntax {
        var wrong = in.expected(
                path.isEmpty()
                        ? "HEADER, HEADER.FIELDS, TEXT or a part number"
                        : "HEADER, TEXT, MIME or a part number");
        var word = in.item("a section such as HEADER or 1.2");
        for (var kind : Kind.values()) {
            // RFC 9051 §6.4.5.1: MIME needs a part number before it.
            if (kind != Kind.CONTENT && kind.word.equals(word) && (kind != Kind.MIME || !path.isEmpty())) {
                return kind;
            }
        }
        throw wrong;
    }

    private static List<String> fields(Arguments in) throws BadSyntax {
        in.space();
        in.expect('(');
        var fields = new ArrayList<String>();
        do {
            fields.add(in.astring("a header field name").toUpperCase(Locale.ROOT));
        } while (in.take(' '));
        in.expect(')');
        if (fields.size() > MOST_FIELDS) {
            throw new BadSyntax("At most " + MOST_FIELDS + " header fields can be asked for");
        }
        return fields;
    }

    /** As the response names it. */
    @Override
    public String toString() {
        var text = new StringBuilder(path.stream().map(String::valueOf).collect(Collectors.joining(".")));
        if (kind != Kind.CONTENT) {
            text.append(path.isEmpty() ? "" : ".").append(kind.word);
        }
        if (kind.listsFields()) {
            text.append(fields.stream().map(Quoted::astring).collect(Collectors.joining(" ", " (", ")")));
        }
        return text.toString();
    }
}
