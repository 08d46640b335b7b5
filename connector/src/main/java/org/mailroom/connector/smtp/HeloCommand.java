package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.Protocol;

/** HELO (RFC 5321 §4.1.1.1): the old greeting, without extensions. */
final class HeloCommand implements SmtpCommand {
    @Override
    public String name() {
        return "HELO";
    }

    @Override
    public String usage() {
        return "HELO your.host";
    }

    @Override
    public boolean isSpokenIn(Protocol role) {
        return role != Protocol.LMTP;
    }

    @Override
    public boolean bringsMail() {
        return false;
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
