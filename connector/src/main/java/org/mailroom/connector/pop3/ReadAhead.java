package org.mailroom.connector.pop3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.UidSet;

/**
 * Reads messages, and where a client takes one after the other, several small ones with one call of the house. What was read
 * ahead is let go as soon as the client does anything else.
 */
final class ReadAhead {
    /** At most so many at a time. */
    static final int MESSAGES = 16;

    /** A page ends with the message that passes so many octets. */
    private static final int OCTETS = 128 * 1024;

    private final MailStore store;
    private final Actor actor;
    private final long mailbox;
    private final Deque<MessageRow> ahead = new ArrayDeque<>();

    /** Which message would show that the client takes one after the other; 0 for none. */
    private long expected;

    ReadAhead(MailStore store, Actor actor, long mailbox) {
        this.store = store;
        this.actor = actor;
        this.mailbox = mailbox;
    }

    /**
     * A message with its first octets; null where it was expunged.
     *
     * @param following this message and those that come after it
     */
    @Nullable
    MessageRow whole(long uid, UidSet following) throws MailException {
        var next = ahead.poll();
        if (next == null || next.uid() != uid) {
            ahead.clear();
            var wanted = uid == expected ? following : UidSet.of(uid);
            ahead.addAll(store.rows(actor, mailbox, wanted, Set.of(MessageColumn.OCTETS), OCTETS));
            next = ahead.poll();
        }
        var rest = following.above(uid);
        expected = rest.isEmpty() ? 0 : rest.first();
        if (next != null && next.uid() != uid) {
            ahead.clear();
            return null;
        }
        return next;
    }
}
