package org.mailroom.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of Content-Type or Content-Disposition: a word, perhaps a second behind a slash, and parameters.
 *
 * @param type lower case; empty where the field makes no sense
 * @param subtype lower case; empty where there is none
 */
record FieldValue(String type, String subtype, List<Parameter> parameters) {
    private static final int MOST_PARAMETERS = 64;
    private static final int LONGEST_VALUE = 2048;

    /** @param name lower case, with the {@code *0*} of RFC 2231 where it was so sent */
    record Parameter(String name, String value) {}

    static FieldValue parse(String text) {
        int at = Tokens.skip(text, 0);
        int end = Tokens.token(text, at);
        var type = text.substring(at, end).toLowerCase(Locale.ROOT);
        var subtype = "";
        at = Tokens.skip(text, end);
        if (at < text.length() && text.charAt(at) == '/') {
            at = Tokens.skip(text, at + 1);
            end = Tokens.token(text, at);
            subtype = text.substring(at, end).toLowerCase(Locale.ROOT);
            at = end;
        }
        return new FieldValue(type, subtype, parameters(text, at));
    }

    private static List<Parameter> parameters(String text, int from) {
        var found = new ArrayList<Parameter>(4);
        int at = from;
        while (found.size() < MOST_PARAMETERS) {
            while (at < text.length() && text.charAt(at) != ';') {
                at++;
            }
            at = Tokens.skip(text, at + 1);
            if (at >= text.length()) {
                break;
            }
            int end = Tokens.token(text, at);
            var name = text.substring(at, end).toLowerCase(Locale.ROOT);
            at = Tokens.skip(text, end);
            if (at >= text.length() || text.charAt(at) != '=') {
                continue;
            }
            var value = new StringBuilder();
            at = value(text, Tokens.skip(text, at + 1), value);
            if (!name.isEmpty() && value.length() <= LONGEST_VALUE) {
                found.add(new Parameter(name, value.toString()));
            }
        }
        return found;
    }

    private static int value(String text, int from, StringBuilder to) {
        if (from < text.length() && text.charAt(from) == '"') {
            return Tokens.quotedString(text, from + 1, to);
        }
        int at = from;
        // More than a token may stand here: mailers forget the quotes around a slash or an equals sign.
        while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != ';' && text.charAt(at) != '(') {
            to.append(text.charAt(at++));
        }
        return at;
    }

    @Nullable
    String parameter(String name) {
        for (var parameter : parameters) {
            if (parameter.name.equals(name)) {
                return parameter.value;
            }
        }
        return null;
    }

    /** The parameters as BODYSTRUCTURE has them. */
    void writeParameters(ImapText out) {
        if (parameters.isEmpty()) {
            out.nil();
            return;
        }
        char before = '(';
        for (var parameter : parameters) {
            out.raw(before).string(parameter.name).space().string(parameter.value);
            before = ' ';
        }
        out.raw(')');
    }
}
