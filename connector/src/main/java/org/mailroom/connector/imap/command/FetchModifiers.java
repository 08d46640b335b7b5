package org.mailroom.connector.imap.command;

import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.PartialRange;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * What stands in parentheses behind the items of FETCH (RFC 4466 §2.4).
 *
 * @param changedSince RFC 7162 §3.1.4.1: only what changed since this mod-sequence; negative where nothing is said
 * @param partial RFC 9394 §3.3: only some of the messages named, by their place among them
 * @param vanished RFC 7162 §3.2.6: what was expunged since is told too
 */
record FetchModifiers(long changedSince, @Nullable PartialRange partial, boolean vanished) {
    static FetchModifiers read(ImapSession session, Arguments in, Messages messages) throws BadSyntax {
        if (!in.take(' ')) {
            return new FetchModifiers(-1, null, false);
        }
        long since = -1;
        PartialRange partial = null;
        boolean vanished = false;
        in.expect('(');
        do {
            if (in.takeWord("CHANGEDSINCE")) {
                in.space();
                since = in.number64("a mod-sequence");
            } else if (messages == Messages.BY_UID && in.takeWord("PARTIAL")) {
                in.space();
                partial = PartialRange.read(in);
            } else if (messages == Messages.BY_UID && session.has(Feature.QRESYNC) && in.takeWord("VANISHED")) {
                vanished = true;
            } else {
                throw in.expected(messages == Messages.BY_UID ? "CHANGEDSINCE or PARTIAL" : "CHANGEDSINCE");
            }
        } while (in.take(' '));
        in.expect(')');
        if (vanished && since < 0) {
            throw new BadSyntax("VANISHED needs CHANGEDSINCE");
        }
        return new FetchModifiers(since, partial, vanished);
    }

    boolean onlyChanged() {
        return changedSince >= 0;
    }

    /** Those of the messages that are meant; the place among them counts before the change does (RFC 9394 §3.4). */
    UidSet of(MailboxView view, UidSet uids) {
        return onlyChanged() ? changed(view, some(view, uids)) : some(view, uids);
    }

    private UidSet some(MailboxView view, UidSet uids) {
        if (partial == null) {
            return uids;
        }
        var known = view.known(uids).stream().toArray();
        var some = new UidSet.Builder();
        for (int i = partial.from(known.length); i < partial.to(known.length); i++) {
            some.add(known[i]);
        }
        return some.build();
    }

    private UidSet changed(MailboxView view, UidSet uids) {
        var changed = new UidSet.Builder();
        for (int range = 0; range < uids.ranges(); range++) {
            int end = view.atOrAbove(uids.last(range) + 1);
            for (int sequence = view.atOrAbove(uids.first(range)); sequence < end; sequence++) {
                if (view.entry(sequence).modseq() > changedSince) {
                    changed.add(view.uid(sequence));
                }
            }
        }
        return changed.build();
    }
}
