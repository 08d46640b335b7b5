package org.mailroom.contract.receive;

import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/**
 * A refusal as an SMTP client reads it. Of the contract, because the wire sends it and the trace keeps it. The switches have no
 * default branch, so the compiler asks for every new reason.
 *
 * @param code reply code (RFC 5321 §4.2)
 * @param status enhanced status code (RFC 3463)
 * @param text for people: one printable line
 */
public record SmtpReply(int code, String status, String text) {
    /** RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets. */
    private static final int LONGEST_TEXT = 450;

    public SmtpReply {
        text = plain(text);
    }

    private SmtpReply(Code code, String text) {
        this(code.reply(), code.status(), text);
    }

    /** The house said no to a sender or a recipient, for good or for now. */
    public static SmtpReply of(Verdict.No no) {
        return switch (no) {
            case Verdict.Refuse refusal -> new SmtpReply(permanent(refusal.reason()), refusal.text());
            case Verdict.Defer deferral -> new SmtpReply(temporary(deferral.reason()), deferral.text());
        };
    }

    /** The house will not speak to this client (RFC 5321 §3.1: 554), or not now (§3.8: 421); the session ends. */
    public static SmtpReply unwelcome(Verdict.No no) {
        return switch (no) {
            case Verdict.Refuse refusal -> new SmtpReply(554, "5.7.1", refusal.text());
            case Verdict.Defer deferral -> new SmtpReply(421, "4.7.1", deferral.text());
        };
    }

    /** The house understood and could not: for now where waiting may help, otherwise for good. */
    public static SmtpReply of(MailException problem) {
        var code = switch (problem.reason()) {
            case NOT_YET, OVER_QUOTA, UNAVAILABLE, IN_USE, LIMIT, EXPUNGED -> temporary(problem.reason());
            case NO_SUCH_RECIPIENT,
                    RECIPIENT_DISABLED,
                    RELAY_DENIED,
                    SENDER_NOT_ALLOWED,
                    POLICY,
                    SPF_FAILED,
                    DMARC_FAILED,
                    TOO_LARGE,
                    LOOP,
                    NO_SUCH_MAILBOX,
                    MAILBOX_EXISTS,
                    BAD_NAME,
                    OTHER_MECHANISM,
                    NOT_PERMITTED -> permanent(problem.reason());
        };
        return new SmtpReply(code, problem.text());
    }

    private static Code permanent(Reason reason) {
        return switch (reason) {
            case NO_SUCH_RECIPIENT -> new Code(550, "5.1.1");
            case RECIPIENT_DISABLED -> new Code(550, "5.2.1");
            case RELAY_DENIED, SENDER_NOT_ALLOWED, POLICY, NOT_YET, NOT_PERMITTED -> new Code(550, "5.7.1");
            // RFC 7372 §3.
            case SPF_FAILED -> new Code(550, "5.7.23");
            case DMARC_FAILED -> new Code(550, "5.7.26");
            case TOO_LARGE -> new Code(552, "5.3.4");
            case OVER_QUOTA -> new Code(552, "5.2.2");
            case LOOP -> new Code(554, "5.4.6");
            case LIMIT -> new Code(550, "5.5.3");
            case OTHER_MECHANISM -> new Code(504, "5.5.4");
            case NO_SUCH_MAILBOX, MAILBOX_EXISTS, BAD_NAME, EXPUNGED, IN_USE, UNAVAILABLE -> new Code(554, "5.3.0");
        };
    }

    private static Code temporary(Reason reason) {
        return switch (reason) {
            case NO_SUCH_RECIPIENT -> new Code(450, "4.1.1");
            case RECIPIENT_DISABLED -> new Code(450, "4.2.1");
            case RELAY_DENIED, SENDER_NOT_ALLOWED, POLICY, NOT_PERMITTED -> new Code(450, "4.7.1");
            case NOT_YET -> new Code(451, "4.7.1");
            case SPF_FAILED -> new Code(451, "4.7.24");
            case DMARC_FAILED -> new Code(451, "4.7.26");
            case TOO_LARGE -> new Code(452, "4.3.4");
            case OVER_QUOTA -> new Code(452, "4.2.2");
            case LOOP -> new Code(451, "4.4.6");
            case LIMIT -> new Code(452, "4.5.3");
            case NO_SUCH_MAILBOX, MAILBOX_EXISTS, BAD_NAME, OTHER_MECHANISM, EXPUNGED, IN_USE, UNAVAILABLE ->
                new Code(451, "4.3.0");
        };
    }

    private record Code(int reply, String status) {}

    /** The house's words, kept to one printable line whatever is in them. */
    public static String plain(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_TEXT)
                .forEach(c -> line.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c));
        return line.toString();
    }

    /** What follows the reply code. */
    public String words() {
        return status + " " + text;
    }

    /** The line as it is sent, without its end. */
    public String line() {
        return code + " " + words();
    }
}
