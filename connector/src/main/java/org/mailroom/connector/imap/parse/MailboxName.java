package org.mailroom.connector.imap.parse;

import java.text.Normalizer;

/** A mailbox name on the wire and in the house. */
public final class MailboxName {
    /** Separates levels. */
    public static final char DELIMITER = '/';

    public static final String INBOX = "INBOX";

    private MailboxName() {}

    /** As the house knows it: UTF-8, INBOX in capitals (RFC 9051 §5.1), no delimiter at the end (§6.3.4: it is a hint only). */
    static String read(String wire, boolean utf8) throws BadSyntax {
        return withoutDelimiter(inbox(decoded(wire, utf8)));
    }

    static String withoutDelimiter(String name) {
        return name.length() > 1 && name.charAt(name.length() - 1) == DELIMITER
                ? name.substring(0, name.length() - 1)
                : name;
    }

    /** RFC 9051 §5.1: for whoever enabled UTF-8 an ampersand is nothing but itself. */
    static String decoded(String wire, boolean utf8) throws BadSyntax {
        return utf8 ? Normalizer.normalize(wire, Normalizer.Form.NFC) : ModifiedUtf7.decode(wire);
    }

    /** The first level in capitals where it is INBOX, alone or with something below it. */
    static String inbox(String name) {
        boolean first = name.regionMatches(true, 0, INBOX, 0, INBOX.length())
                && (name.length() == INBOX.length() || name.charAt(INBOX.length()) == DELIMITER);
        return first ? INBOX + name.substring(INBOX.length()) : name;
    }
}
