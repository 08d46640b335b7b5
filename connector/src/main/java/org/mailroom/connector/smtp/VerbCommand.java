package org.mailroom.connector.smtp;

import java.util.Locale;
import org.apache.james.protocols.api.Response;

/**
 * VERB, as Sendmail has it: from here on the replies to MAIL, RCPT and the end of a message tell every decision on the way.
 * For those only who may look behind the scenes.
 */
final class VerbCommand implements SmtpCommand {
    @Override
    public String name() {
        return "VERB";
    }

    @Override
    public String usage() {
        return "VERB [ON|OFF], to be told every decision; for trusted clients";
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (session.login() == null && !session.connection().trusted()) {
            return SmtpReplies.reply(502, "5.7.1 VERB is for those who logged in or come from a trusted network");
        }
        return switch (argument.toUpperCase(Locale.ROOT)) {
            case "", "ON" -> {
                session.verbose(true);
                yield SmtpReplies.reply(250, "2.0.0 You will be told what is decided, and by whom");
            }
            case "OFF" -> {
                session.verbose(false);
                yield SmtpReplies.reply(250, "2.0.0 Short answers again");
            }
            default -> SmtpReplies.reply(501, "5.5.4 Usage: VERB [ON|OFF]");
        };
    }
}
