package org.mailroom.message;

/** The small change of header fields (RFC 5322 §3.2), read so that nothing can be wrong with it. */
final class Tokens {
    private Tokens() {}

    /** Appends what a quoted string says; returns where reading goes on behind its closing quote. */
    static int quotedString(String text, int from, StringBuilder to) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return at;
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            to.append(c);
        }
        return at;
    }

    /** Appends what a comment says, nested ones with their brackets; returns where reading goes on behind it. */
    static int comment(String text, int from, StringBuilder to) {
        int depth = 1;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                to.append(text.charAt(at++));
                continue;
            }
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return at;
            }
            to.append(c);
        }
        return at;
    }

    /** Where the next character stands that is neither white space nor in a comment. */
    static int skip(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                at = comment(text, at + 1, new StringBuilder());
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    /** Where the token that begins here ends (RFC 2045 §5.1). */
    static int token(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) > ' ' && "()<>@,;:\\\"/[]?=".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
