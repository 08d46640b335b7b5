package org.mailroom.contract.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** What a server tells with these is somebody's own, or opens a message to whoever has it (RFC 5464 §4.4, RFC 4467 §7). */
    private static final Pattern OWN =
            Pattern.compile("\\* (METADATA|URLFETCH|GENURLAUTH) .*", Pattern.CASE_INSENSITIVE);

    private static final Pattern LITERAL = Pattern.compile(".*\\{([0-9]{1,9})}");

    private final boolean tagged;
    private final Set<String> shown;
    private boolean asked;

    /** Octets of the server's literal that are still to come, with what follows it in its line; none: -1. */
    private long own = -1;

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
        boolean answers = asked;
        // RFC 7888: a literal for which nobody waits.
        asked = tagged && line.endsWith("+}");
        if (answers) {
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
        if (own >= 0) {
            follow(line, own - line.getBytes(StandardCharsets.UTF_8).length - 2);
            return HIDDEN;
        }
        if (tagged && OWN.matcher(line).matches()) {
            follow(line, -1);
            return line.substring(0, line.indexOf(' ', 2) + 1) + HIDDEN;
        }
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

    /** @param left octets of a literal behind this line; a line that is no part of one may announce the next */
    private void follow(String line, long left) {
        var literal = LITERAL.matcher(line);
        own = left >= 0 ? left : literal.matches() ? Long.parseLong(literal.group(1)) : -1;
    }
}
