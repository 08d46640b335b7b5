package org.mailroom.connector.imap.parse;

/** A mailbox name on the wire and in the house. */
public final class MailboxName {
    /** Separates levels. */
    public static final char DELIMITER = '/';

    public static final String INBOX = "INBOX";

    private MailboxName() {}

    /** As the house knows it: UTF-8, INBOX in capitals (RFC 9051 §5.1), no delimiter at the end (§6.3.4: it is a hint only). */
    static String read(String wire) throws BadSyntax {
        var name = inbox(ModifiedUtf7.decode(wire));
        return name.length() > 1 && name.charAt(name.length() - 1) == DELIMITER
                ? name.substring(0, name.length() - 1)
                : name;
    }

    /** The first level in capitals where it is INBOX, alone or with something below it. */
    static String inbox(String name) {
        boolean first = name.regionMatches(true, 0, INBOX, 0, INBOX.length())
                && (name.length() == INBOX.length() || name.charAt(INBOX.length()) == DELIMITER);
        return first ? INBOX + name.substring(INBOX.length()) : name;
    }
}
