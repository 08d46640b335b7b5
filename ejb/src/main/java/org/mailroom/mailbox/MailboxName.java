package org.mailroom.mailbox;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/** The name of a mailbox: UTF-8, levels separated by {@code /}, checked. INBOX is one name in any case (RFC 9051 §5.1). */
record MailboxName(String text) {
    static final MailboxName INBOX = new MailboxName("INBOX");

    private static final int LONGEST = 400;
    private static final int DEEPEST = 20;

    /** Checks a name that a client sent. */
    static MailboxName of(String raw) throws MailException {
        // RFC 9051 §6.3.4: a separator at the end only says that names below it will follow.
        var text = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        if (text.isEmpty() || text.length() > LONGEST) {
            throw bad("A mailbox name has 1 to " + LONGEST + " characters");
        }
        var levels = text.split("/", -1);
        if (levels.length > DEEPEST) {
            throw bad("Mailboxes are nested at most " + DEEPEST + " deep");
        }
        for (var level : levels) {
            check(level);
        }
        if (levels[0].equalsIgnoreCase("INBOX")) {
            text = "INBOX" + text.substring(5);
        }
        return new MailboxName(text);
    }

    private static void check(String level) throws MailException {
        if (level.isBlank()) {
            throw bad("A level of the mailbox name is empty");
        }
        for (int at = 0; at < level.length(); at++) {
            char c = level.charAt(at);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFFFD') {
                throw bad("The mailbox name has a character that is no text");
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < level.length()
                    && Character.isLowSurrogate(level.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                throw bad("The mailbox name has half a character");
            }
        }
    }

    private static MailException bad(String text) {
        return new MailException(Reason.BAD_NAME, text);
    }

    boolean isInbox() {
        return text.equals("INBOX");
    }

    /** The names above it, the highest first. */
    List<String> parents() {
        var parents = new ArrayList<String>();
        for (int at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
            parents.add(text.substring(0, at));
        }
        return parents;
    }

    /** What the names of mailboxes below it begin with. */
    String below() {
        return text + '/';
    }

    @Override
    public String toString() {
        return text;
    }
}
