package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;
import org.jspecify.annotations.Nullable;

/** DATA (RFC 5321 §4.1.1.4). */
final class DataCommand implements SmtpCommand {
    private final MessageEnd end;

    DataCommand(MessageEnd end) {
        this.end = end;
    }

    @Override
    public String name() {
        return "DATA";
    }

    @Override
    public String usage() {
        return "DATA, then the message, then a dot on a line of its own";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        var transaction = session.transaction();
        if (!argument.isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: DATA");
        }
        var early = untimely(transaction, "DATA");
        if (early != null || transaction == null) {
            return early == null ? SmtpReplies.fault() : early;
        }
        if (transaction.text() != null) {
            return SmtpReplies.reply(503, "5.5.1 This message comes by BDAT; DATA cannot end it");
        }
        if (transaction.isBinary()) {
            return SmtpReplies.reply(503, "5.5.1 BINARYMIME comes by BDAT only");
        }
        var text = session.open(transaction, MessageText.Form.DOTTED);
        session.connection().framer(new DataFramer(text, () -> {
            session.readCommands();
            return end.answer(session, transaction, text);
        }));
        return SmtpReplies.reply(354, "Send the message, then a dot on a line of its own");
    }

    /** What must come before a message, or null where it did. */
    static @Nullable Response untimely(@Nullable MailTransaction transaction, String command) {
        if (transaction == null) {
            return SmtpReplies.reply(503, "5.5.1 Need MAIL before " + command);
        }
        return transaction.recipients() == 0 ? SmtpReplies.reply(503, "5.5.1 Need RCPT before " + command) : null;
    }
}
