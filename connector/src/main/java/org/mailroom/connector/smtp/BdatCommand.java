package org.mailroom.connector.smtp;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.jspecify.annotations.Nullable;

/**
 * BDAT (RFC 3030): a message in chunks of announced size. A chunk that is refused is read all the same, and goes nowhere.
 */
final class BdatCommand implements SmtpCommand, EhloExtension {
    /** RFC 3030 §2: up to 20 digits, of which eighteen fit into a long. */
    private static final Pattern ARGUMENT = Pattern.compile("([0-9]{1,18})( +LAST)?", Pattern.CASE_INSENSITIVE);

    private final MessageEnd end;

    BdatCommand(MessageEnd end) {
        this.end = end;
    }

    @Override
    public String name() {
        return "BDAT";
    }

    @Override
    public String usage() {
        return "BDAT octets [LAST], then as many octets";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        var match = ARGUMENT.matcher(argument);
        if (!match.matches()) {
            return unreadable(argument);
        }
        long octets = Long.parseLong(match.group(1));
        var transaction = session.transaction();
        var refusal = refusal(session, transaction);
        if (refusal != null || transaction == null) {
            session.connection().framer(new ChunkFramer(octets, null, () -> {
                session.readCommands();
                return refusal == null ? SmtpReplies.fault() : refusal;
            }));
        } else {
            read(session, transaction, octets, match.group(2) != null);
        }
        return SmtpSession.LATER;
    }

    /** Nobody knows where such a chunk ends, and its octets must not be taken for commands. */
    private static Response unreadable(String argument) {
        var reply = new SMTPResponse("501", "5.5.4 Usage: BDAT octets [LAST]");
        reply.setEndSession(!argument.isEmpty());
        return reply;
    }

    private static @Nullable Response refusal(SmtpSession session, @Nullable MailTransaction transaction) {
        if (!session.isExtended()) {
            return SmtpReplies.reply(503, "5.5.1 BDAT comes with EHLO");
        }
        if (transaction != null && transaction.isSpoilt()) {
            return SmtpReplies.reply(503, "5.5.1 This message was refused; RSET begins anew");
        }
        var early = DataCommand.untimely(transaction, "BDAT");
        if (early != null && transaction != null) {
            transaction.spoil();
        }
        return early;
    }

    private void read(SmtpSession session, MailTransaction transaction, long octets, boolean last) {
        var known = transaction.text();
        var text = known != null ? known : session.open(transaction, form(transaction));
        session.connection().framer(new ChunkFramer(octets, text, () -> {
            session.readCommands();
            return last ? end.answer(session, transaction, text) : more(session, transaction, text, octets);
        }));
    }

    private static MessageText.Form form(MailTransaction transaction) {
        return transaction.isBinary() ? MessageText.Form.BINARY : MessageText.Form.COUNTED;
    }

    /** What is known to be wrong is told now, and saves the client the rest (RFC 3030 §2). */
    private Response more(SmtpSession session, MailTransaction transaction, MessageText text, long octets) {
        if (text.flaw() == MessageText.Flaw.NONE) {
            return SmtpReplies.reply(250, "2.0.0 " + octets + " octets received");
        }
        var reply = end.flawed(session, text.flaw());
        transaction.spoil();
        return reply;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("CHUNKING");
    }
}
