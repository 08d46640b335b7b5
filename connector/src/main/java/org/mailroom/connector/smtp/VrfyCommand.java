package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;

/** VRFY (RFC 5321 §3.5.3): says neither yes nor no, for whoever gathers addresses would ask here. */
final class VrfyCommand implements SmtpCommand {
    @Override
    public String name() {
        return "VRFY";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        return argument.isEmpty()
                ? SmtpReplies.reply(501, "5.5.4 Usage: VRFY address")
                : SmtpReplies.reply(252, "2.5.0 Cannot say; send some mail and we will try to deliver it");
    }
}
