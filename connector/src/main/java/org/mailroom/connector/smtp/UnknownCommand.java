package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;
import org.apache.james.protocols.smtp.SMTPResponse;

/** Whatever is no command of ours; what was sent is not repeated. */
final class UnknownCommand extends UnknownCommandHandler<SmtpSession> {
    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return switch (request.getCommand()) {
            case "" -> SmtpReplies.reply(500, "5.5.2 Empty line; HELP lists the commands");
            // RFC 5321 appendix F: what the first standards had, and nobody should.
            case "TURN", "SEND", "SOML", "SAML" -> SmtpReplies.reply(502, "5.5.1 Command not implemented");
            // A web browser or a port scanner that was led here: an answer line by line would be taken for a page.
            case "GET", "POST", "CONNECT", "OPTIONS" -> notMail();
            default -> SmtpReplies.reply(500, "5.5.1 Command unknown; HELP lists the commands");
        };
    }

    private static Response notMail() {
        var response = new SMTPResponse("421", "4.7.0 This is a mail server");
        response.setEndSession(true);
        return response;
    }
}
