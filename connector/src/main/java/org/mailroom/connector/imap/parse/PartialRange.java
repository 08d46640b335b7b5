package org.mailroom.connector.imap.parse;

/**
 * Some results of many, by their place (RFC 9394 §4: partial-range): {@code 1:100} the first, {@code -1:-100} the last.
 *
 * @param first as it was written, and so {@code last}; both count from 1, or both from -1
 */
public record PartialRange(long first, long last) {
    public static PartialRange read(Arguments in) throws BadSyntax {
        boolean fromEnd = in.peek() == '-';
        long first = end(in, fromEnd);
        in.expect(':');
        long last = end(in, fromEnd);
        return new PartialRange(first, last);
    }

    private static long end(Arguments in, boolean negative) throws BadSyntax {
        if (negative) {
            in.expect('-');
        }
        long number = in.number("a place from 1 on");
        if (number == 0) {
            throw new BadSyntax("Results are counted from 1");
        }
        return negative ? -number : number;
    }

    /** Index of the first of so many results that is meant. */
    public int from(int size) {
        return first > 0
                ? (int) Math.min(size, Math.min(first, last) - 1)
                : (int) Math.max(0, size + Math.min(first, last));
    }

    /** Index after the last. */
    public int to(int size) {
        long to = first > 0 ? Math.min(size, Math.max(first, last)) : size + Math.max(first, last) + 1;
        return (int) Math.max(from(size), to);
    }

    @Override
    public String toString() {
        return first + ":" + last;
    }
}
