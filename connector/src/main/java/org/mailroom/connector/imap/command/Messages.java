package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/** How a command names messages. */
public enum Messages {
    BY_NUMBER,
    BY_UID;

    /** The messages that the client names; as UIDs, which mean the same however the mailbox changes. */
    UidSet read(ImapSession session, Arguments in) throws BadSyntax {
        in.space();
        var set = in.sequenceSet();
        var view = session.selected().view();
        return this == BY_UID ? set.uidsIn(view) : set.numbersIn(view);
    }

    /** UIDs as the command names messages; those that the client does not know are left out. */
    UidSet of(MailboxView view, UidSet uids) {
        var named = new UidSet.Builder();
        for (int range = 0; range < uids.ranges(); range++) {
            int first = view.atOrAbove(uids.first(range));
            int end = view.atOrAbove(uids.last(range) + 1);
            if (this == BY_NUMBER) {
                named.add(first, end - 1L);
            } else {
                for (int sequence = first; sequence < end; sequence++) {
                    named.add(view.uid(sequence));
                }
            }
        }
        return named.build();
    }

    /** The command's name. */
    String named(String command) {
        return this == BY_UID ? "UID " + command : command;
    }

    /** How many of these messages the client knows. */
    static long count(MailboxView view, UidSet uids) {
        long count = 0;
        for (int range = 0; range < uids.ranges(); range++) {
            count += view.atOrAbove(uids.last(range) + 1) - view.atOrAbove(uids.first(range));
        }
        return count;
    }
}
