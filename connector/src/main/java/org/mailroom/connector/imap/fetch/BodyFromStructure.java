package org.mailroom.connector.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * BODY is BODYSTRUCTURE without extension data (RFC 9051 §7.5.2: body). The stored form is read as nested lists, and of each
 * body the fields that BODY has are kept.
 */
final class BodyFromStructure {
    /** What the house never writes; deeper is passed through as it is. */
    private static final int DEEPEST = 200;

    /** Type, subtype, parameters, id, description, encoding, size. */
    private static final int BASIC_FIELDS = 7;

    private final byte[] structure;
    private int at;

    private BodyFromStructure(byte[] structure) {
        this.structure = structure;
    }

    static byte[] of(byte[] structure) {
        var out = new ByteArrayOutputStream(structure.length);
        new BodyFromStructure(structure).body(out, 0);
        return out.toByteArray();
    }

    private void body(ByteArrayOutputStream out, int depth) {
        if (peek() != '(' || depth > DEEPEST) {
            copy(out);
            return;
        }
        at++;
        out.write('(');
        if (peek() == '(') {
            multipart(out, depth);
        } else {
            single(out, depth);
        }
        out.write(')');
        while (peek() == ' ') {
            at++;
            skip();
        }
        at++;
    }

    private void multipart(ByteArrayOutputStream out, int depth) {
        while (peek() == '(') {
            body(out, depth + 1);
        }
        copyField(out);
    }

    private void single(ByteArrayOutputStream out, int depth) {
        var fields = new ArrayList<String>(BASIC_FIELDS);
        for (int i = 0; i < BASIC_FIELDS; i++) {
            if (i > 0 && peek() == ' ') {
                at++;
                out.write(' ');
            }
            int start = at;
            copy(out);
            fields.add(new String(structure, start, at - start, StandardCharsets.ISO_8859_1));
        }
        if (fields.getFirst().equalsIgnoreCase("\"TEXT\"")) {
            copyField(out);
        } else if (isMessage(fields)) {
            // Envelope, the body within, lines.
            copyField(out);
            if (peek() == ' ') {
                at++;
                out.write(' ');
            }
            body(out, depth + 1);
            copyField(out);
        }
    }

    /** A message/rfc822 that could not be read as one has no envelope. */
    private boolean isMessage(List<String> fields) {
        var subtype = fields.get(1);
        return fields.getFirst().equalsIgnoreCase("\"MESSAGE\"")
                && (subtype.equalsIgnoreCase("\"RFC822\"") || subtype.equalsIgnoreCase("\"GLOBAL\""))
                && at + 1 < structure.length
                && structure[at] == ' '
                && structure[at + 1] == '(';
    }

    private void copyField(ByteArrayOutputStream out) {
        if (peek() == ' ') {
            at++;
            out.write(' ');
            copy(out);
        }
    }

    private void copy(ByteArrayOutputStream out) {
        int start = at;
        skip();
        at = Math.min(at, structure.length);
        out.write(structure, start, at - start);
    }

    /** Passes over a string, a literal, a number, NIL or a list. */
    private void skip() {
        int open = 0;
        do {
            switch (peek()) {
                case '(' -> {
                    open++;
                    at++;
                }
                case ')' -> {
                    open--;
                    at++;
                }
                case ' ' -> at++;
                case '"' -> skipQuoted();
                case '{' -> skipLiteral();
                case -1 -> open = 0;
                default -> skipAtom();
            }
        } while (open > 0);
    }

    private void skipQuoted() {
        at++;
        while (peek() != '"' && peek() >= 0) {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipLiteral() {
        long length = 0;
        at++;
        while (peek() >= '0' && peek() <= '9' && length < structure.length) {
            length = length * 10 + peek() - '0';
            at++;
        }
        at = (int) Math.min(structure.length, at + "}\r\n".length() + length);
    }

    private void skipAtom() {
        while (peek() >= 0 && peek() != ' ' && peek() != '(' && peek() != ')') {
            at++;
        }
    }

    private int peek() {
        return at < structure.length ? structure[at] & 0xFF : -1;
    }
}
