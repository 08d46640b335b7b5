package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;

/** QUIT (RFC 5321 §4.1.1.10). */
final class QuitCommand implements SmtpCommand {
    @Override
    public String name() {
        return "QUIT";
    }

    @Override
    public String usage() {
        return "QUIT";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!argument.isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: QUIT");
        }
        var bye = new SMTPResponse("221", "2.0.0 Goodbye");
        bye.setEndSession(true);
        return bye;
    }
}
