package org.mailroom.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Message-IDs (RFC 5322 §3.6.4), each in one spelling, whatever its quoting (RFC 5256 §3). */
final class MessageIds {
    /** The message_id column is indexed, and an index takes no long values. */
    private static final int LONGEST = 500;

    /** How far the end is looked for behind quotes: where each opens one that never ends, each look goes so far. */
    private static final int LONGEST_QUOTED = 2 * LONGEST;

    private MessageIds() {}

    /** What stands in the first angle brackets or, without them, all that the field says; null where that is nothing. */
    static @Nullable String first(@Nullable String field) {
        if (field == null) {
            return null;
        }
        int open = field.indexOf('<');
        int close = close(field, open + 1);
        var id = read(open >= 0 && close > open ? field.substring(open + 1, close) : field);
        return id.isEmpty() ? null : id;
    }

    /** What stands in angle brackets, without repetitions in a row. */
    static List<String> all(@Nullable String field) {
        var ids = new ArrayList<String>();
        if (field == null) {
            return ids;
        }
        int close;
        for (int open = field.indexOf('<'); open >= 0; open = field.indexOf('<', close)) {
            close = close(field, open + 1);
            if (close < 0) {
                break;
            }
            var id = read(field.substring(open + 1, close));
            if (!id.isEmpty() && (ids.isEmpty() || !ids.getLast().equals(id))) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static String read(String octets) {
        return HeaderText.printable(normalized(octets.strip()), LONGEST).strip();
    }

    /** Where the bracket closes, outside of quotes; a quotation mark without its other one quotes nothing. -1 if nowhere. */
    private static int close(String field, int from) {
        boolean quoted = false;
        int end = Math.min(field.length(), from + LONGEST_QUOTED);
        for (int at = from; at < end; at++) {
            char c = field.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                at++;
            } else if (!quoted && c == '>') {
                return at;
            }
        }
        return field.indexOf('>', from);
    }

    /** A left side without quotes where it can stand without them, and otherwise with those backslashes that it needs. */
    private static String normalized(String id) {
        if (!id.startsWith("\"")) {
            return id;
        }
        var left = new StringBuilder();
        int end = Tokens.quotedString(id, 1, left);
        if (!id.startsWith("@", end)) {
            return id;
        }
        return (isDotAtom(left) ? left : quoted(left)) + id.substring(end);
    }

    /** RFC 5322 §3.2.3; octets beyond ASCII are such text as well (RFC 6532 §3.2). */
    private static boolean isDotAtom(CharSequence text) {
        boolean atom = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || "()<>[]:;@\\,\"".indexOf(c) >= 0 || c == '.' && !atom) {
                return false;
            }
            atom = c != '.';
        }
        return atom;
    }

    private static String quoted(CharSequence text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
