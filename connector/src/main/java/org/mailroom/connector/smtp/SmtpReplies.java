package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.Input;
import org.mailroom.contract.receive.SmtpReply;

/**
 * How everything is told to an SMTP client: reply codes of RFC 5321 §4.2, enhanced status codes of RFC 3463. What the house
 * refuses is an {@link SmtpReply}.
 */
final class SmtpReplies {
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
    static Response no(SmtpReply no) {
        return reply(no.code(), no.words());
    }

    /** The house said no, and the session ends. */
    static Response last(SmtpReply no) {
        return last(no.code(), no.words());
    }

    private static Response last(int code, String text) {
        var response = new SMTPResponse(Integer.toString(code), text);
        response.setEndSession(true);
        return response;
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
        story.forEach(line -> lines.add(status + " " + SmtpReply.plain(line)));
        lines.add(text);
        return lines(code, lines);
    }
}
