package org.mailroom.connector.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.receive.Verdict;

/** RCPT (RFC 5321 §4.1.1.3), with the extensions of {@link RcptParameters}. */
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
    public String usage() {
        return "RCPT TO:<them@example.org> [NOTIFY=NEVER|SUCCESS,FAILURE,DELAY] [ORCPT=rfc822;address]";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        var transaction = session.transaction();
        if (transaction == null) {
            return SmtpReplies.reply(503, "5.5.1 Need MAIL before RCPT");
        }
        if (transaction.text() != null || transaction.isSpoilt()) {
            return SmtpReplies.reply(503, "5.5.1 The message has begun; it is too late for recipients");
        }
        if (transaction.recipients() >= services.settings().limits().recipients()) {
            // RFC 5321 §4.5.3.1.10: the client sends the rest in another message.
            return session.refused("rcpt", SmtpReplies.reply(452, "4.5.3 Too many recipients for one message"));
        }
        try {
            var path = PathArgument.parse(argument, "TO", transaction.isUtf8());
            RcptParameters.check(path, session);
            if (path.address().isEmpty()) {
                return session.refused("rcpt", SmtpReplies.reply(501, "5.1.3 A recipient needs an address"));
            }
            return ask(session, transaction, new Envelope.Recipient(path.address(), path.parameters()));
        } catch (PathSyntaxException problem) {
            return session.refused("rcpt", SmtpReplies.syntax(problem, "5.1.3"));
        }
    }

    private Response ask(SmtpSession session, MailTransaction transaction, Envelope.Recipient recipient) {
        var story = session.isVerbose()
                ? services.receiver().whereTo(session.client(), transaction.envelope(), recipient.address())
                : List.<String>of();
        var verdict = services.receiver().recipient(session.client(), transaction.envelope(), recipient);
        // Who is named twice gets one message; but LMTP is owed a reply for each RCPT (RFC 2033 §4.2).
        boolean counts = session.role() == Protocol.LMTP || !transaction.has(recipient);
        if (verdict instanceof Verdict.Accept && counts) {
            transaction.add(recipient);
        }
        return session.told(story, verdict, "2.1.5 Recipient ok");
    }
}
