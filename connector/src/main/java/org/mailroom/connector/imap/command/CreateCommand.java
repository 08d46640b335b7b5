package org.mailroom.connector.imap.command;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.ObjectId;
import org.mailroom.connector.imap.parse.SuppliedName;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** CREATE (RFC 9051 §6.3.4), with the use of the mailbox where it has one (RFC 6154 §3). */
public final class CreateCommand implements Command {
    private static final List<String> USES = List.of("\\Archive", "\\Drafts", "\\Junk", "\\Sent", "\\Trash");

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.suppliedMailbox();
        var uses = in.take(' ') ? uses(in) : List.<String>of();
        in.end();
        if (uses.isEmpty()) {
            return created(session, name, null);
        }
        var use = known(uses.getFirst());
        if (uses.size() > 1 || use.isEmpty()) {
            return Reply.no("[USEATTR] A mailbox has one use, of " + String.join(", ", USES));
        }
        return created(session, name, use.get());
    }

    private static Reply created(ImapSession session, SuppliedName name, @Nullable String use) throws MailException {
        var mailbox = session.store().create(session.actor(), name.name(), use);
        SelectCommand.tellOtherName(session, name, use);
        // RFC 8474 §4.1.
        return Reply.ok("[MAILBOXID (" + ObjectId.mailbox(mailbox.id()) + ")] CREATE completed");
    }

    private static List<String> uses(Arguments in) throws BadSyntax {
        in.expect('(');
        if (!in.takeWord("USE")) {
            throw in.expected("USE");
        }
        in.space();
        var uses = in.flags();
        in.expect(')');
        return uses;
    }

    /** As RFC 6154 §2 spells it. */
    private static Optional<String> known(String use) {
        return USES.stream().filter(use::equalsIgnoreCase).findFirst();
    }
}
