package org.mailroom.connector.smtp;

import java.lang.System.Logger.Level;
import org.apache.james.protocols.api.Response;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Spool;
import org.mailroom.contract.MailException;

/** DATA (RFC 5321 §4.1.1.4), and the answer to the final dot. */
final class DataCommand implements SmtpCommand {
    private static final System.Logger LOG = System.getLogger(DataCommand.class.getName());

    private final Services services;

    DataCommand(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "DATA";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        var transaction = session.transaction();
        if (!argument.isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: DATA");
        }
        if (transaction == null) {
            return SmtpReplies.reply(503, "5.5.1 Need MAIL before DATA");
        }
        if (transaction.recipients() == 0) {
            return SmtpReplies.reply(503, "5.5.1 Need RCPT before DATA");
        }
        long most = services.settings().limits().messageSize();
        var spool = new Spool(Math.clamp(transaction.announcedSize() + 64, 8192, Spool.IN_MEMORY), Spool.IN_MEMORY);
        session.connection().framer(new DataFramer(spool, most, (content, flaw) -> end(session, content, flaw)));
        return SmtpReplies.reply(354, "Send the message, then a dot on a line of its own");
    }

    /** The dot was read; when this returns 250, the house has the message. */
    private Response end(SmtpSession session, Spool content, DataFramer.Flaw flaw) {
        session.readCommands();
        try {
            return switch (flaw) {
                case NONE -> accept(session, content);
                case TOO_LARGE ->
                    session.refused(
                            "data",
                            MailCommand.tooLarge(services.settings().limits().messageSize()));
                case BARE_LINE_END ->
                    session.refused(
                            "data",
                            SmtpReplies.reply(
                                    550,
                                    "5.5.2 Lines must end with CRLF, and there is a bare CR or LF in this message"));
                case NO_ROOM -> session.refused("data", SmtpReplies.reply(452, "4.3.1 No room for this message now"));
            };
        } finally {
            session.resetState();
        }
    }

    private Response accept(SmtpSession session, Spool content) {
        var transaction = session.transaction();
        if (transaction == null) {
            throw new IllegalStateException("a message without an envelope");
        }
        try {
            var receipt = services.receiver().accept(session.client(), transaction.envelope(), content);
            session.accepted();
            return SmtpReplies.reply(250, "2.0.0 Ok, queued as " + receipt.queueId());
        } catch (MailException refusal) {
            return SmtpReplies.problem(refusal);
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "session=" + session.connection().id() + " status=fault doing=DATA", fault);
            return SmtpReplies.fault();
        }
    }
}
