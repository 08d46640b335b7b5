package org.mailroom.connector.imap.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.ImapDate;
import org.mailroom.connector.imap.session.FlagText;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.MailStore.NewMessage;

/** APPEND (RFC 9051 §6.3.12), several messages at once too (RFC 3502). */
public final class AppendCommand implements Command {
    private static final int MOST = 1000;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        var messages = new ArrayList<NewMessage>();
        do {
            in.space();
            messages.add(message(in));
        } while (!in.atEnd());
        if (messages.size() > MOST) {
            throw new BadSyntax("[LIMIT] At most " + MOST + " messages can be added at once");
        }
        if (messages.getLast().content().size() == 0) {
            // RFC 3502 §6.3.11: so a client says that it thinks better of it.
            return Reply.no("APPEND cancelled by an empty message");
        }
        var appended = session.store().append(session.actor(), name, messages);
        return Reply.ok("[APPENDUID " + appended.uidValidity() + " " + appended.uids() + "] APPEND completed");
    }

    private static NewMessage message(Arguments in) throws BadSyntax {
        List<String> flags = List.of();
        if (in.peek() == '(') {
            flags = in.flags();
            in.space();
        }
        @Nullable Instant date = null;
        if (in.peek() == '"') {
            date = ImapDate.time(in);
            in.space();
        }
        return new NewMessage(
                FlagText.change(Mode.REPLACE, flags, true),
                date,
                in.literal("flags, a date or a message as a literal"));
    }

    @Override
    public boolean hasTarget() {
        return true;
    }
}
