package org.mailroom.connector.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.receive.QueueRun;
import org.mailroom.contract.receive.SmtpReply;

/** ETRN (RFC 1985): a host that is back asks for the mail that waits for it, which goes its usual way, not over here. */
final class EtrnCommand implements SmtpCommand, EhloExtension {
    private final Services services;

    EtrnCommand(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "ETRN";
    }

    @Override
    public String usage() {
        return "ETRN example.org, or @example.org with its subdomains";
    }

    @Override
    public boolean isSpokenIn(Protocol role) {
        return role == Protocol.SMTP;
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!session.isGreeted()) {
            return SmtpReplies.reply(503, "5.5.1 Say EHLO first");
        }
        if (session.transaction() != null) {
            return SmtpReplies.reply(503, "5.5.1 Not while a message is under way");
        }
        var domain = argument.startsWith("@") ? argument.substring(1) : argument;
        if (domain.startsWith("[") || !HostName.isValid(domain)) {
            return SmtpReplies.reply(501, "5.5.4 Usage: " + usage());
        }
        try {
            return answer(session, domain, services.receiver().runQueue(session.client(), argument));
        } catch (MailException problem) {
            return SmtpReplies.reply(458, "4.3.0 " + SmtpReply.plain(problem.text()));
        }
    }

    /** RFC 1985 §5.3 */
    private static Response answer(SmtpSession session, String domain, QueueRun run) {
        return switch (run) {
            case QueueRun.Started(int messages)
            when messages == 0 -> SmtpReplies.reply(251, "2.0.0 No messages waiting for " + domain);
            case QueueRun.Started(int messages) ->
                SmtpReplies.reply(253, "2.0.0 " + messages + " pending messages for " + domain + " started");
            case QueueRun.NotEntitled(var text) ->
                session.refused("etrn", SmtpReplies.reply(459, "4.7.1 " + SmtpReply.plain(text)));
        };
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return isSpokenIn(((SmtpSession) session).role()) ? List.of(name()) : List.of();
    }
}
