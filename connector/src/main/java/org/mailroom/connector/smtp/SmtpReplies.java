package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.Input;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Verdict;

/**
 * How everything is told to an SMTP client: reply codes of RFC 5321 §4.2, enhanced status codes of RFC 3463. The switches
 * have no default branch, so the compiler asks for every new reason.
 */
final class SmtpReplies {
    /** RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets. */
    private static final int LONGEST_TEXT = 450;

    private SmtpReplies() {}

    /** One line; the text begins with the enhanced status code where there is one. */
    static Response reply(int code, String text) {
        return new SMTPResponse(Integer.toString(code), text);
    }

    static Response lines(int code, List<String> lines) {
        var response = new SMTPResponse(Integer.toString(code), lines.getFirst());
        lines.stream().skip(1).forEach(response::appendLine);
        return response;
    }

    /** As it goes over the wire. */
    static String text(Response response) {
        var text = new StringBuilder();
        response.getLines().forEach(line -> text.append(line).append("\r\n"));
        return text.toString();
    }

    /** The house said no. */
    static Response refused(Verdict.Refuse refusal) {
        return reply(permanent(refusal.reason()), refusal.text());
    }

    /** The house said not now. */
    static Response deferred(Verdict.Defer deferral) {
        return reply(temporary(deferral.reason()), deferral.text());
    }

    /** The house will not speak to this client (RFC 5321 §3.1: 554); the session ends. */
    static Response unwelcome(Verdict.Refuse refusal) {
        return last(554, "5.7.1 " + plain(refusal.text()));
    }

    /** The same for now (RFC 5321 §3.8). */
    static Response unwelcome(Verdict.Defer deferral) {
        return last(421, "4.7.1 " + plain(deferral.text()));
    }

    private static Response last(int code, String text) {
        var response = new SMTPResponse(Integer.toString(code), text);
        response.setEndSession(true);
        return response;
    }

    /** The house understood and could not: for now where waiting may help, otherwise for good. */
    static Response problem(MailException problem) {
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
        return reply(code, problem.text());
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

    private static Response reply(Code code, String text) {
        return reply(code.reply(), code.status() + " " + plain(text));
    }

    /** MAIL or RCPT was not written as RFC 5321 §4.1.2 has it. */
    static Response syntax(PathSyntaxException problem, String badAddress) {
        return switch (problem.about()) {
            case COMMAND -> reply(501, "5.5.4 " + problem.text());
            case ADDRESS -> reply(501, badAddress + " " + problem.text());
            case NOT_ASCII -> reply(553, "5.6.7 " + problem.text());
            case PARAMETER -> reply(555, "5.5.4 " + problem.text());
        };
    }

    /** Something of ours broke; what, stands in the log. */
    static Response fault() {
        return reply(451, "4.3.0 Something went wrong here; try again later");
    }

    /** A line that is no command. RFC 5321 §2.3.8: only CRLF ends a line. */
    static Response malformed(Input.Flaw flaw) {
        return reply(500, "5.5.2 " + flaw.text());
    }

    static Response tooManyErrors() {
        return goodbye("4.7.0 Too many errors; goodbye");
    }

    static Response tooManyCommands() {
        return goodbye("4.7.0 Too many commands; goodbye");
    }

    static Response tooManyIdleCommands() {
        return goodbye("4.7.0 Too many commands, and no mail; goodbye");
    }

    /** RFC 9422 §3.1 */
    static Response tooManyMessages() {
        return goodbye("4.7.0 Too many messages for one session; connect again");
    }

    private static Response goodbye(String text) {
        return last(421, text);
    }

    /** RFC 5321 §3.8: 421 before a channel is closed that the client would have kept. */
    static String farewell(Farewell why, String hostname) {
        return switch (why) {
                    case STOPPING -> "421 4.3.2 " + hostname + " is going down; try again later";
                    case IDLE -> "421 4.4.2 " + hostname + " heard nothing from you for too long";
                    case TOO_SLOW -> "421 4.4.2 " + hostname + " waited too long for this message";
                    case ENDED -> "421 4.3.2 " + hostname + " ends this session";
                    case TOO_MANY -> "421 4.3.2 " + hostname + " has too many connections; try again later";
                    case TOO_MANY_FROM_ADDRESS ->
                        "421 4.7.0 " + hostname + " has too many connections from your address";
                    case FAULT -> "421 4.3.0 " + hostname + " has a problem; try again later";
                }
                + "\r\n";
    }

    /** The house's words, kept to one printable line whatever is in them. */
    static String plain(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_TEXT)
                .forEach(c -> line.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c));
        return line.toString();
    }

    /** RFC 6531 §3.7.4: nobody is sent anything beyond ASCII who has not said SMTPUTF8. */
    static String ascii(String text) {
        return text.chars().allMatch(c -> c < 0x7f) ? text : text.replaceAll("[^\\x00-\\x7e]", "?");
    }

    /** One reply after several decisions: each a line of its own, with the code and status of the last line. */
    static Response after(List<String> story, Response reply) {
        var last = String.valueOf(reply.getLines().get(reply.getLines().size() - 1));
        int code = Integer.parseInt(last.substring(0, 3));
        var text = last.substring(4);
        var status = text.substring(0, Math.max(0, text.indexOf(' ')));
        var lines = new ArrayList<String>();
        story.forEach(line -> lines.add(status + " " + plain(line)));
        lines.add(text);
        return lines(code, lines);
    }
}
