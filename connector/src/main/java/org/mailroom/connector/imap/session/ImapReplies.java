package org.mailroom.connector.imap.session;

import org.mailroom.connector.net.Farewell;
import org.mailroom.contract.MailException;

/** Refusals of the house and ends of conversations, as IMAP says them (response codes: RFC 9051 §7.1, RFC 5530). */
public final class ImapReplies {
    public static final String FAULT = "[SERVERBUG] Something broke here, and is in the log";
    public static final String UNAVAILABLE = "[UNAVAILABLE] Cannot do that now; try again later";

    private ImapReplies() {}

    /**
     * The text of a NO.
     *
     * @param target whether the mailbox named is where messages should go, so that making it first would help
     */
    public static String no(MailException problem, boolean target, Language language) {
        var text = language == Language.DE ? german(problem) : problem.text();
        return code(problem, target) + " " + text;
    }

    private static String code(MailException problem, boolean target) {
        return switch (problem.reason()) {
            // RFC 9051 §7.1: TRYCREATE only where the target of APPEND, COPY or MOVE is missing.
            case NO_SUCH_MAILBOX -> target ? "[TRYCREATE]" : "[NONEXISTENT]";
            case MAILBOX_EXISTS -> "[ALREADYEXISTS]";
            case BAD_NAME,
                    POLICY,
                    SPF_FAILED,
                    DMARC_FAILED,
                    LOOP,
                    NO_SUCH_RECIPIENT,
                    RECIPIENT_DISABLED,
                    OTHER_MECHANISM -> "[CANNOT]";
            case NOT_PERMITTED, RELAY_DENIED, SENDER_NOT_ALLOWED -> "[NOPERM]";
            case OVER_QUOTA -> "[OVERQUOTA]";
            // RFC 4469 §4.
            case TOO_LARGE -> "[TOOBIG]";
            case EXPUNGED -> "[EXPUNGEISSUED]";
            case IN_USE -> "[INUSE]";
            case LIMIT -> "[LIMIT]";
            case UNAVAILABLE, NOT_YET -> "[UNAVAILABLE]";
        };
    }

    private static String german(MailException problem) {
        return switch (problem.reason()) {
            case NO_SUCH_MAILBOX -> "Diesen Ordner gibt es nicht";
            case MAILBOX_EXISTS -> "Einen Ordner dieses Namens gibt es schon";
            case BAD_NAME -> "Das geht mit diesem Namen nicht";
            case NOT_PERMITTED -> "Dazu fehlt Ihnen das Recht";
            case OVER_QUOTA -> "Das Konto ist voll";
            case TOO_LARGE -> "Die Nachricht ist zu groß";
            case EXPUNGED -> "Die Nachricht ist schon gelöscht";
            case IN_USE -> "Eine andere Sitzung hat es in Gebrauch";
            case LIMIT -> "Mehr davon ist nicht erlaubt";
            case UNAVAILABLE, NOT_YET -> "Das geht gerade nicht; bitte später noch einmal";
            case POLICY, SPF_FAILED, DMARC_FAILED, LOOP -> "Eine Regel dieses Servers lässt es nicht zu";
            case RELAY_DENIED, SENDER_NOT_ALLOWED -> "Dazu fehlt Ihnen das Recht";
            case OTHER_MECHANISM -> "Die Passwörter dieser Domain liegen anderswo: bitte mit PLAIN anmelden, unter TLS";
            case NO_SUCH_RECIPIENT, RECIPIENT_DISABLED -> "Diesen Empfänger gibt es nicht";
        };
    }

    /** The BYE of a conversation that the client did not end (RFC 9051 §7.1.5). */
    public static String bye(Farewell why) {
        return "* BYE "
                + switch (why) {
                    case STOPPING -> "[UNAVAILABLE] Server is going down";
                    case IDLE -> "Autologout; idle for too long";
                    case TOO_SLOW -> "Autologout; that took too long";
                    case ENDED -> "Session ended by the administrator";
                    case TOO_MANY -> "[UNAVAILABLE] Too many connections";
                    case TOO_MANY_FROM_ADDRESS -> "[LIMIT] Too many connections from your address";
                    case FAULT -> FAULT;
                }
                + "\r\n";
    }
}
