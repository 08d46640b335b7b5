package org.mailroom.connector.imap.parse;

/** Names of things that stay what they are (RFC 8474 §4): a letter for the kind, and the id that the house gave it. */
public final class ObjectId {
    private ObjectId() {}

    public static String mailbox(long id) {
        return "F" + id;
    }

    public static String email(long message) {
        return "M" + message;
    }

    public static String thread(long thread) {
        return "T" + thread;
    }

    /** The house's id, or -1 where it is none of that kind. */
    static long read(String text, char kind) {
        if (text.length() < 2 || text.length() > 20 || text.charAt(0) != kind) {
            return -1;
        }
        try {
            var digits = text.substring(1);
            return digits.chars().allMatch(Arguments::isDigit) ? Long.parseLong(digits) : -1;
        } catch (NumberFormatException tooLarge) {
            return -1;
        }
    }
}
