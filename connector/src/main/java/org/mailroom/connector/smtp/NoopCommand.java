package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;

/** NOOP (RFC 5321 §4.1.1.9), whatever follows it. */
final class NoopCommand implements SmtpCommand {
    @Override
    public String name() {
        return "NOOP";
    }

    @Override
    public String usage() {
        return "NOOP [words]";
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        return SmtpReplies.reply(250, "2.0.0 OK");
    }
}
