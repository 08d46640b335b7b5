package org.mailroom.connector.smtp;

import java.util.Set;
import org.apache.james.protocols.api.Response;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Verdict;

/** RCPT (RFC 5321 §4.1.1.3). */
final class RcptCommand implements SmtpCommand {
    private final Services services;

    RcptCommand(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "RCPT";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        var transaction = session.transaction();
        if (transaction == null) {
            return SmtpReplies.reply(503, "5.5.1 Need MAIL before RCPT");
        }
        if (transaction.recipients() >= services.settings().limits().recipients()) {
            // RFC 5321 §4.5.3.1.10: the client sends the rest in another message.
            return session.refused("rcpt", SmtpReplies.reply(452, "4.5.3 Too many recipients for one message"));
        }
        try {
            var path = PathArgument.parse(argument, "TO", Set.of());
            if (path.address().isEmpty()) {
                return session.refused("rcpt", SmtpReplies.reply(501, "5.1.3 A recipient needs an address"));
            }
            return ask(session, transaction, new Envelope.Recipient(path.address(), path.parameters()));
        } catch (PathSyntaxException problem) {
            return session.refused("rcpt", syntax(problem));
        }
    }

    private Response ask(SmtpSession session, MailTransaction transaction, Envelope.Recipient recipient) {
        return switch (services.receiver().recipient(session.client(), transaction.envelope(), recipient)) {
            case Verdict.Accept accept -> {
                transaction.add(recipient);
                yield SmtpReplies.reply(250, "2.1.5 Recipient ok");
            }
            case Verdict.Refuse refusal -> SmtpReplies.refused(refusal);
            case Verdict.Defer deferral -> SmtpReplies.deferred(deferral);
        };
    }

    private static Response syntax(PathSyntaxException problem) {
        return switch (problem.about()) {
            case COMMAND -> SmtpReplies.reply(501, "5.5.4 " + problem.text());
            case ADDRESS -> SmtpReplies.reply(501, "5.1.3 " + problem.text());
            case NOT_ASCII -> SmtpReplies.reply(553, "5.6.7 " + problem.text());
            case PARAMETER -> SmtpReplies.reply(555, "5.5.4 " + problem.text());
        };
    }
}
