package org.mailroom.message;

import java.util.regex.Pattern;

/**
 * A subject without what replies and forwards put around it (RFC 5256 §2.1).
 *
 * @param reply whether something of that kind was there
 */
record BaseSubject(String text, boolean reply) {
    private static final Pattern SPACES = Pattern.compile("[ \\t\\r\\n]+");
    private static final String FORWARD = "[fwd:";

    /** @param subject decoded */
    static BaseSubject of(String subject) {
        var rest = SPACES.matcher(subject).replaceAll(" ");
        boolean reply = false;
        while (true) {
            var bare = withoutPrefixes(withoutTrailers(rest));
            reply |= bare.reply
                    || rest.strip().toLowerCase(java.util.Locale.ROOT).endsWith("(fwd)");
            rest = bare.text;
            if (!rest.regionMatches(true, 0, FORWARD, 0, FORWARD.length()) || !rest.endsWith("]")) {
                return new BaseSubject(rest, reply);
            }
            rest = rest.substring(FORWARD.length(), rest.length() - 1);
            reply = true;
        }
    }

    /** (2) */
    private static String withoutTrailers(String subject) {
        int end = subject.length();
        while (true) {
            if (end > 0 && subject.charAt(end - 1) == ' ') {
                end--;
            } else if (end >= 5 && subject.regionMatches(true, end - 5, "(fwd)", 0, 5)) {
                end -= 5;
            } else {
                return subject.substring(0, end);
            }
        }
    }

    /** (3) to (5) */
    private static BaseSubject withoutPrefixes(String subject) {
        int at = 0;
        boolean reply = false;
        while (at < subject.length()) {
            int next = leader(subject, at);
            reply |= next > at;
            if (next == at && subject.charAt(at) == ' ') {
                next = at + 1;
            }
            if (next == at) {
                int blob = blob(subject, at);
                next = blob < subject.length() ? blob : at;
            }
            if (next == at) {
                break;
            }
            at = next;
        }
        return new BaseSubject(subject.substring(at), reply);
    }

    /** The end of subj-leader that begins here; here where there is none. */
    private static int leader(String subject, int from) {
        int at = from;
        for (int next; (next = blob(subject, at)) > at; ) {
            at = next;
        }
        int word = subject.regionMatches(true, at, "fwd", 0, 3)
                ? 3
                : subject.regionMatches(true, at, "re", 0, 2) || subject.regionMatches(true, at, "fw", 0, 2) ? 2 : 0;
        if (word == 0) {
            return from;
        }
        at = blob(subject, spaces(subject, at + word));
        return at < subject.length() && subject.charAt(at) == ':' ? at + 1 : from;
    }

    /** The end of subj-blob that begins here; here where there is none. */
    private static int blob(String subject, int from) {
        if (from >= subject.length() || subject.charAt(from) != '[') {
            return from;
        }
        int at = from + 1;
        while (at < subject.length() && subject.charAt(at) != '[' && subject.charAt(at) != ']') {
            at++;
        }
        return at < subject.length() && subject.charAt(at) == ']' ? spaces(subject, at + 1) : from;
    }

    private static int spaces(String subject, int from) {
        int at = from;
        while (at < subject.length() && subject.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
