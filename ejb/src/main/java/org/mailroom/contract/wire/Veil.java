package org.mailroom.contract.wire;

import java.util.Locale;
import java.util.Set;
import org.mailroom.contract.Protocol;

/**
 * What a transcript may show. Of a client's commands those that are known to carry neither a secret nor a text of somebody's are
 * shown whole, of others the words that name them, and of what is no command nothing. It follows both sides, line by line.
 */
public final class Veil {
    /** Stands for what is not shown. */
    public static final String HIDDEN = "••••";

    private static final Set<String> SMTP = Set.of(
            "EHLO",
            "HELO",
            "LHLO",
            "MAIL",
            "RCPT",
            "DATA",
            "BDAT",
            "RSET",
            "NOOP",
            "QUIT",
            "STARTTLS",
            "VRFY",
            "EXPN",
            "ETRN",
            "HELP",
            "VERB");
    private static final Set<String> POP3 = Set.of(
            "USER", "STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "QUIT", "TOP", "UIDL", "CAPA", "STLS", "UTF8",
            "LANG");
    private static final Set<String> IMAP = Set.of(
            "CAPABILITY",
            "NOOP",
            "LOGOUT",
            "STARTTLS",
            "ENABLE",
            "SELECT",
            "EXAMINE",
            "CREATE",
            "DELETE",
            "RENAME",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "LIST",
            "LSUB",
            "NAMESPACE",
            "STATUS",
            "IDLE",
            "CLOSE",
            "UNSELECT",
            "EXPUNGE",
            "FETCH",
            "STORE",
            "COPY",
            "MOVE",
            "CHECK",
            "ID",
            "GETQUOTA",
            "GETQUOTAROOT",
            "GETACL",
            "SETACL",
            "DELETEACL",
            "MYRIGHTS",
            "LISTRIGHTS",
            "COMPRESS",
            "LANGUAGE",
            "NOTIFY",
            "UNAUTHENTICATE",
            "GETMETADATA");

    /** Their names say something, what follows them is nobody's business. */
    private static final Set<String> NAMED = Set.of(
            "AUTH",
            "AUTHENTICATE",
            "LOGIN",
            "PASS",
            "APOP",
            "SEARCH",
            "SORT",
            "THREAD",
            "APPEND",
            "REPLACE",
            "SETMETADATA",
            "SETQUOTA",
            "ESEARCH");

    private final boolean tagged;
    private final Set<String> shown;
    private boolean asked;

    public Veil(Protocol protocol) {
        tagged = protocol == Protocol.IMAP;
        shown = switch (protocol) {
            case SMTP, SUBMISSION, LMTP -> SMTP;
            case POP3 -> POP3;
            case IMAP -> IMAP;
        };
    }

    /** What to show of a line that the client sent. */
    public String sent(String line) {
        if (asked) {
            asked = false;
            return line.equals("*") || line.equalsIgnoreCase("DONE") ? line : HIDDEN;
        }
        var words = line.split(" ", 4);
        int at = tagged ? 1 : 0;
        if (words.length <= at) {
            return line.isEmpty() || line.equalsIgnoreCase("DONE") ? line : HIDDEN;
        }
        var name = words[at].toUpperCase(Locale.ROOT);
        if (name.equals("UID") && words.length > at + 1) {
            name = words[++at].toUpperCase(Locale.ROOT);
        }
        if (shown.contains(name)) {
            return line;
        }
        return NAMED.contains(name) ? named(words, name.startsWith("AUTH") ? at + 2 : at + 1) : HIDDEN;
    }

    /** @param most words that are shown */
    private static String named(String[] words, int most) {
        var shown = new StringBuilder(words[0]);
        for (int i = 1; i < Math.min(most, words.length); i++) {
            shown.append(' ').append(words[i].indexOf(' ') < 0 ? words[i] : HIDDEN);
        }
        return words.length > most ? shown.append(' ').append(HIDDEN).toString() : shown.toString();
    }

    /** What to show of a line that the server said; a challenge (RFC 4954 §4, RFC 5034 §4, RFC 9051 §6.2.2) hides what answers it. */
    public String received(String line) {
        boolean challenge = shown == SMTP ? line.startsWith("334") : line.equals("+") || line.startsWith("+ ");
        if (challenge) {
            asked = true;
            // Words for people are no challenge; those have no blanks, being Base64.
            int words = line.indexOf(' ');
            boolean told = words < 0 || words == line.length() - 1 || line.indexOf(' ', words + 1) > 0;
            return told ? line : line.substring(0, words + 1) + HIDDEN;
        }
        if (!line.startsWith("*")) {
            asked = false;
        }
        return line;
    }
}
