package org.mailroom.authenticity;

/** A structured field without what means nothing in it (RFC 5322 §3.2.2 and §3.2.4). */
final class Plain {
    private Plain() {}

    /**
     * Each comment is a blank, each quoted text the letter q: anything may stand in them. One that never ends is none, since
     * whoever shows the field will not take it for one.
     */
    static String of(String value) {
        var plain = new StringBuilder(Math.min(value.length(), 200));
        // After one without an end none is looked for any more: each would cost a look at all that follows.
        boolean quotes = true;
        boolean comments = true;
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at);
            boolean quote = c == '"' && quotes;
            boolean comment = c == '(' && comments;
            int end = quote ? endOfQuote(value, at) : comment ? endOfComment(value, at) : -1;
            quotes &= !quote || end > 0;
            comments &= !comment || end > 0;
            plain.append(end < 0 ? c : quote ? 'q' : ' ');
            at = end < 0 ? at + 1 : end;
        }
        return plain.toString();
    }

    /** Behind it; -1 where it has no end. */
    private static int endOfQuote(String value, int start) {
        for (int i = start + 1; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> i++;
                case '"' -> {
                    return i + 1;
                }
                default -> {}
            }
        }
        return -1;
    }

    private static int endOfComment(String value, int start) {
        int depth = 0;
        for (int i = start; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> {
                    depth--;
                    if (depth == 0) {
                        return i + 1;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }
}
