package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.FlagText;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;

/** STORE (RFC 9051 §6.4.6). */
public record StoreCommand(Messages messages) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var uids = messages.read(session, in);
        in.space();
        long unchangedSince = in.peek() == '(' ? unchangedSince(session, in) : Long.MAX_VALUE;
        var mode = in.take('+') ? Mode.ADD : in.take('-') ? Mode.REMOVE : Mode.REPLACE;
        boolean silent = silent(in);
        in.space();
        var change = FlagText.change(mode, flags(in), false);
        in.end();
        return store(session, Portion.of(session, uids), change, silent, unchangedSince);
    }

    /** RFC 7162 §3.1.3. */
    private static long unchangedSince(ImapSession session, Arguments in) throws BadSyntax {
        in.expect('(');
        if (!in.takeWord("UNCHANGEDSINCE")) {
            throw in.expected("UNCHANGEDSINCE");
        }
        in.space();
        long since = in.number64("a mod-sequence");
        in.expect(')');
        in.space();
        session.tellModseq();
        return since;
    }

    private Reply store(ImapSession session, Portion portion, FlagChange change, boolean silent, long unchangedSince)
            throws MailException {
        var done = Reply.ok(portion.done(messages.named("STORE") + " completed"));
        var uids = portion.uids();
        if (uids.isEmpty()) {
            return done;
        }
        var selected = session.selected();
        var stored = session.store().store(session.actor(), selected.mailbox(), uids, change, unchangedSince);
        boolean gone = Messages.count(stored.view(), uids) < Messages.count(selected.view(), uids);
        selected.tellStored(stored.view(), messages == Messages.BY_UID, uids.minus(stored.modified()), change, silent);
        if (!stored.modified().isEmpty()) {
            var modified = messages.of(selected.view(), stored.modified());
            return Reply.ok("[MODIFIED " + modified + "] Some of these messages have changed since");
        }
        return gone ? Reply.ok("[EXPUNGEISSUED] Some of these messages are gone; the others are changed") : done;
    }

    private static boolean silent(Arguments in) throws BadSyntax {
        var wrong = in.expected("FLAGS or FLAGS.SILENT");
        return switch (in.item("FLAGS or FLAGS.SILENT")) {
            case "FLAGS" -> false;
            case "FLAGS.SILENT" -> true;
            default -> throw wrong;
        };
    }

    /** In parentheses or not (RFC 9051 §9: store-att-flags). */
    private static List<String> flags(Arguments in) throws BadSyntax {
        if (in.peek() == '(') {
            return in.flags();
        }
        var flags = new ArrayList<String>();
        do {
            flags.add(in.flag());
        } while (in.take(' '));
        return flags;
    }
}
