package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;

/** RSET (RFC 5321 §4.1.1.5). */
final class RsetCommand implements SmtpCommand {
    @Override
    public String name() {
        return "RSET";
    }

    @Override
    public String usage() {
        return "RSET, to begin the message anew";
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!argument.isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: RSET");
        }
        session.resetState();
        return SmtpReplies.reply(250, "2.0.0 OK");
    }
}
