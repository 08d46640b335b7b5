package org.mailroom.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads parenthesised data as a strict IMAP4rev1 client would (RFC 3501 §9), and checks ENVELOPE and BODYSTRUCTURE against the
 * grammar. A string is a {@link String} with one octet a character, NIL is null, a number a {@link Long}, a list a
 * {@link List}.
 */
public final class ImapReader {
    private final byte[] octets;
    private int at;

    private ImapReader(byte[] octets) {
        this.octets = octets;
    }

    public static @Nullable Object read(byte[] octets) {
        var reader = new ImapReader(octets);
        var value = reader.value();
        if (reader.at != octets.length) {
            throw new AssertionError("more follows at " + reader.at);
        }
        return value;
    }

    private @Nullable Object value() {
        return switch (octets[at]) {
            case '(' -> list();
            case '"' -> quoted();
            case '{' -> literal();
            case 'N' -> nil();
            default -> number();
        };
    }

    private List<@Nullable Object> list() {
        at++;
        var list = new ArrayList<@Nullable Object>();
        while (octets[at] != ')') {
            list.add(value());
            if (octets[at] == ' ' && octets[at + 1] != ')') {
                at++;
            } else if (octets[at] != ')' && octets[at] != '(') {
                throw new AssertionError("neither space nor bracket at " + at);
            }
        }
        at++;
        return list;
    }

    private String quoted() {
        var text = new StringBuilder();
        for (at++; octets[at] != '"'; at++) {
            if (octets[at] == '\\') {
                at++;
                if (octets[at] != '"' && octets[at] != '\\') {
                    throw new AssertionError("needless escape at " + at);
                }
            }
            if (octets[at] <= 0 || octets[at] == '\r' || octets[at] == '\n') {
                throw new AssertionError("octet " + octets[at] + " in a quoted string at " + at);
            }
            text.append((char) octets[at]);
        }
        at++;
        return text.toString();
    }

    private String literal() {
        at++;
        int length = Math.toIntExact(number());
        if (octets[at] != '}' || octets[at + 1] != '\r' || octets[at + 2] != '\n') {
            throw new AssertionError("literal without line end at " + at);
        }
        at += 3 + length;
        var text = new String(octets, at - length, length, StandardCharsets.ISO_8859_1);
        if (text.indexOf(0) >= 0) {
            throw new AssertionError("NUL in a literal before " + at);
        }
        return text;
    }

    private @Nullable Object nil() {
        if (octets[at + 1] != 'I' || octets[at + 2] != 'L') {
            throw new AssertionError("an atom at " + at);
        }
        at += 3;
        return null;
    }

    private Long number() {
        int from = at;
        while (at < octets.length && octets[at] >= '0' && octets[at] <= '9') {
            at++;
        }
        return Long.valueOf(new String(octets, from, at - from, StandardCharsets.US_ASCII));
    }

    /** Fails where this is no envelope; returns its ten members. */
    public static List<@Nullable Object> envelope(@Nullable Object value) {
        var envelope = list(value, 10, 10);
        for (int i : new int[] {0, 1, 8, 9}) {
            nstring(envelope.get(i));
        }
        for (var addresses : envelope.subList(2, 8)) {
            if (addresses != null) {
                var all = list(addresses, 1, Integer.MAX_VALUE);
                all.forEach(address -> list(address, 4, 4).forEach(ImapReader::nstring));
            }
        }
        return envelope;
    }

    /** Fails where this is no body structure with extension data. */
    public static void structure(@Nullable Object value) {
        var body = list(value, 4, Integer.MAX_VALUE);
        int extension = body.getFirst() instanceof List ? multipart(body) : single(body);
        var rest = body.subList(extension, body.size());
        check(rest.size() == 3, "disposition, language and location, not " + rest);
        if (rest.getFirst() != null) {
            var disposition = list(rest.getFirst(), 2, 2);
            string(disposition.getFirst());
            parameters(disposition.getLast());
        }
        if (rest.get(1) instanceof List<?> languages) {
            languages.forEach(ImapReader::string);
        } else {
            nstring(rest.get(1));
        }
        nstring(rest.getLast());
    }

    private static int multipart(List<@Nullable Object> body) {
        int parts = 0;
        while (body.get(parts) instanceof List) {
            structure(body.get(parts++));
        }
        string(body.get(parts));
        parameters(body.get(parts + 1));
        return parts + 2;
    }

    private static int single(List<@Nullable Object> body) {
        var type = string(body.getFirst());
        var subtype = string(body.get(1));
        parameters(body.get(2));
        nstring(body.get(3));
        nstring(body.get(4));
        string(body.get(5));
        check(body.get(6) instanceof Long, "octets, not " + body.get(6));
        int next = 7;
        if (type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"))) {
            envelope(body.get(7));
            structure(body.get(8));
            check(body.get(9) instanceof Long, "lines, not " + body.get(9));
            next = 10;
        } else if (type.equals("text")) {
            check(body.get(7) instanceof Long, "lines, not " + body.get(7));
            next = 8;
        }
        check(!type.equals("multipart"), "a multipart without parts");
        nstring(body.get(next));
        return next + 1;
    }

    private static void parameters(@Nullable Object value) {
        if (value != null) {
            var all = list(value, 2, Integer.MAX_VALUE);
            check(all.size() % 2 == 0, "a parameter without value");
            all.forEach(ImapReader::string);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object value, int least, int most) {
        check(value instanceof List<?> list && list.size() >= least && list.size() <= most, "a list, not " + value);
        return (List<@Nullable Object>) value;
    }

    private static String string(@Nullable Object value) {
        check(value instanceof String, "a string, not " + value);
        return (String) value;
    }

    private static void nstring(@Nullable Object value) {
        check(value == null || value instanceof String, "a string or NIL, not " + value);
    }

    private static void check(boolean holds, String wanted) {
        if (!holds) {
            throw new AssertionError("wanted " + wanted);
        }
    }
}
