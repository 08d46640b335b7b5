package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;

/** HELO (RFC 5321 §4.1.1.1): the old greeting, without extensions. */
final class HeloCommand implements SmtpCommand {
    @Override
    public String name() {
        return "HELO";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!HostName.isValid(argument)) {
            return SmtpReplies.reply(501, "5.5.4 Usage: HELO host.example");
        }
        session.greeted(argument, false);
        var unwelcome = session.unwelcome();
        return unwelcome != null
                ? unwelcome
                : SmtpReplies.reply(250, session.getConfiguration().getHelloName());
    }
}
