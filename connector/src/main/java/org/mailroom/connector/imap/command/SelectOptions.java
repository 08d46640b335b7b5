package org.mailroom.connector.imap.command;

import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SequenceSet;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/** What stands in parentheses behind the name in SELECT (RFC 7162 §3.1.8, §3.2.5). */
record SelectOptions(boolean condstore, @Nullable Known known) {
    /**
     * What the client knows of the mailbox from earlier.
     *
     * @param uids those that it knows, or null for all
     * @param numbers of some messages, and {@code numbered} their UIDs, pair by pair; or null
     */
    record Known(
            long uidValidity,
            long modseq,
            @Nullable UidSet uids,
            @Nullable UidSet numbers,
            @Nullable UidSet numbered) {
        /** Up to which UID the client has heard of everything that was expunged (RFC 7162 §3.2.5.2). */
        long heardUpTo(MailboxView view) {
            long heard = 0;
            if (numbers != null && numbered != null) {
                var uid = numbered.iterator();
                for (var number = numbers.iterator(); number.hasNext() && uid.hasNext(); ) {
                    long sequence = number.nextLong();
                    long known = uid.nextLong();
                    if (sequence > view.size() || view.uid((int) sequence) != known) {
                        break;
                    }
                    heard = known;
                }
            }
            return heard;
        }
    }

    static SelectOptions read(ImapSession session, Arguments in) throws BadSyntax {
        if (!in.take(' ')) {
            return new SelectOptions(false, null);
        }
        in.expect('(');
        boolean condstore = false;
        Known known = null;
        do {
            if (in.takeWord("CONDSTORE")) {
                condstore = true;
            } else if (in.takeWord("QRESYNC")) {
                if (!session.has(Feature.QRESYNC)) {
                    throw new BadSyntax("ENABLE QRESYNC first");
                }
                in.space();
                known = known(in);
            } else {
                throw in.expected("CONDSTORE or QRESYNC");
            }
        } while (in.take(' '));
        in.expect(')');
        return new SelectOptions(condstore, known);
    }

    private static Known known(Arguments in) throws BadSyntax {
        in.expect('(');
        long uidValidity = in.number("a UIDVALIDITY");
        in.space();
        long modseq = in.number64("a mod-sequence");
        boolean more = in.take(' ');
        UidSet uids = null;
        if (more && in.peek() != '(') {
            uids = plain(in);
            more = in.take(' ');
        }
        UidSet numbers = null;
        UidSet numbered = null;
        if (more) {
            in.expect('(');
            numbers = plain(in);
            in.space();
            numbered = plain(in);
            in.expect(')');
        }
        in.expect(')');
        return new Known(uidValidity, modseq, uids, numbers, numbered);
    }

    /** RFC 7162 §7: a set without a star. */
    private static UidSet plain(Arguments in) throws BadSyntax {
        var wrong = in.expected("a set without *");
        var set = in.sequenceSet();
        if (set.ranges().stream().anyMatch(r -> r.from() == SequenceSet.STAR || r.to() == SequenceSet.STAR)) {
            throw wrong;
        }
        return set.plain();
    }
}
