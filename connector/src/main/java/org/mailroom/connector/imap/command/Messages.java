package org.mailroom.connector.imap.command;

import java.util.stream.LongStream;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/** How a command names messages. */
public enum Messages {
    BY_NUMBER,
    BY_UID;

    /** The messages that the client names; as UIDs, which mean the same however the mailbox changes. */
    UidSet read(ImapSession session, Arguments in) throws BadSyntax {
        check(session);
        in.space();
        var view = session.selected().view();
        if (in.take('$')) {
            // RFC 5182 §2.1: what the last search found, less what is gone.
            return view.known(session.selected().saved());
        }
        var set = in.sequenceSet();
        return this == BY_UID ? set.uidsIn(view) : set.numbersIn(view);
    }

    /** The same with UIDs that are of no message any more: what is gone can be asked for too (RFC 7162 §3.2.6). */
    UidSet named(ImapSession session, Arguments in) throws BadSyntax {
        if (this == BY_NUMBER) {
            return read(session, in);
        }
        in.space();
        var view = session.selected().view();
        if (in.take('$')) {
            return session.selected().saved();
        }
        var set = in.sequenceSet();
        // A star is the highest that is there, and everything that is asked for lies in these two.
        return set.plain().or(set.uidsIn(view));
    }

    /** RFC 9586 §3: who enabled UIDONLY names no message by its number. */
    void check(ImapSession session) throws BadSyntax {
        if (this == BY_NUMBER && session.has(Feature.UIDONLY)) {
            throw new BadSyntax("[UIDREQUIRED] Message numbers count for nothing after ENABLE UIDONLY");
        }
    }

    /** UIDs that the client knows, in any order, as the command names messages. */
    long[] of(MailboxView view, long[] uids) {
        return this == BY_UID ? uids : LongStream.of(uids).map(view::sequence).toArray();
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
