package org.mailroom.connector.smtp;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.james.protocols.api.Response;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.receive.Receipt;
import org.mailroom.contract.receive.SmtpReply;

/** The message is here, by DATA or BDAT: gives it to the house, and says what became of it. */
final class MessageEnd {
    private static final System.Logger LOG = System.getLogger(MessageEnd.class.getName());

    private final Services services;

    MessageEnd(Services services) {
        this.services = services;
    }

    /** When this answers 250, the house has the message. */
    Response answer(SmtpSession session, MailTransaction transaction, MessageText text) {
        session.connection().deadline(null);
        text.finish();
        try {
            return text.flaw() == MessageText.Flaw.NONE
                    ? hand(session, transaction, text)
                    : forEach(session, flawed(session, text.flaw()));
        } finally {
            session.resetState();
        }
    }

    /** What the client is told of a message that it may not send so. */
    Response flawed(SmtpSession session, MessageText.Flaw flaw) {
        var settings = services.settings();
        var reply = switch (flaw) {
            case NONE -> throw new IllegalArgumentException("nothing is wrong");
            case TOO_LARGE -> MailCommand.tooLarge(settings.limits().messageSize());
            case BARE_LINE_END ->
                SmtpReplies.reply(550, "5.5.2 Lines must end with CRLF, and there is a bare CR or LF in this message");
            case LONG_LINE ->
                SmtpReplies.reply(
                        550,
                        "5.6.0 A line of this message is longer than "
                                + settings.smtp().lineLength() + " octets");
            case NO_ROOM -> SmtpReplies.reply(452, "4.3.1 No room for this message now");
        };
        return session.refused("data", reply);
    }

    /** RFC 2033 §4.2: by LMTP one reply for each recipient, in order. */
    private static Response forEach(SmtpSession session, Response reply) {
        var transaction = session.transaction();
        if (session.role() != Protocol.LMTP || transaction == null) {
            return reply;
        }
        return inOrder(session, Collections.nCopies(transaction.recipients(), reply));
    }

    private static Response inOrder(SmtpSession session, List<Response> replies) {
        replies.subList(0, replies.size() - 1).forEach(session::say);
        return replies.getLast();
    }

    private Response hand(SmtpSession session, MailTransaction transaction, MessageText text) {
        if (session.role() != Protocol.LMTP) {
            return guarded(session, () -> accept(session, transaction, text));
        }
        return guarded(session, () -> inOrder(session, deliver(session, transaction, text)));
    }

    private static Response guarded(SmtpSession session, Supplier<Response> deed) {
        try {
            return deed.get();
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "session=" + session.connection().id() + " status=fault doing=DATA", fault);
            return forEach(session, SmtpReplies.fault());
        }
    }

    private Response accept(SmtpSession session, MailTransaction transaction, MessageText text) {
        try {
            return taken(session, services.receiver().accept(session.client(), transaction.envelope(), text.spool()));
        } catch (MailException refusal) {
            return refused(session, refusal);
        }
    }

    private static Response refused(SmtpSession session, MailException refusal) {
        var reply = SmtpReplies.no(SmtpReply.of(refusal));
        return session.isVerbose() ? SmtpReplies.after(refusal.story(), reply) : reply;
    }

    private static Response taken(SmtpSession session, Receipt.Taken receipt) {
        session.accepted();
        var lines = new ArrayList<String>();
        if (session.isVerbose()) {
            receipt.story().forEach(line -> lines.add("2.0.0 " + SmtpReply.plain(line)));
        }
        lines.add("2.0.0 Ok, queued as " + receipt.queueId());
        return SmtpReplies.lines(250, lines);
    }

    private List<Response> deliver(SmtpSession session, MailTransaction transaction, MessageText text) {
        try {
            return services.receiver().deliver(session.client(), transaction.envelope(), text.spool()).stream()
                    .map(receipt -> switch (receipt) {
                        case Receipt.Taken taken -> taken(session, taken);
                        case Receipt.Refused(var reason, var why) ->
                            SmtpReplies.no(SmtpReply.of(new MailException(reason, why)));
                    })
                    .toList();
        } catch (MailException refusal) {
            return Collections.nCopies(transaction.recipients(), refused(session, refusal));
        }
    }
}
