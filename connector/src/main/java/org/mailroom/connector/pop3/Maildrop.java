package org.mailroom.connector.pop3;

import java.util.BitSet;
import java.util.Set;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.UidSet;

/**
 * The account's INBOX as it stood at login, held under the exclusive lock (RFC 1939 §3). Messages are numbered from 1, and
 * keep their numbers to the end of the session.
 */
final class Maildrop implements AutoCloseable {
    private final MailStore store;
    private final Actor actor;
    private final MailboxView view;
    private final LockKeeper keeper;
    private final long allOctets;
    private final BitSet deleted = new BitSet();
    private long deletedOctets;

    private Maildrop(MailStore store, Actor actor, MailboxView view, LockKeeper keeper) {
        this.store = store;
        this.actor = actor;
        this.view = view;
        this.keeper = keeper;
        long octets = 0;
        for (int number = 1; number <= view.size(); number++) {
            octets += view.entry(number).size();
        }
        this.allOctets = octets;
    }

    static Maildrop open(MailStore store, Actor actor) throws MailException {
        var keeper = LockKeeper.lock(store, actor);
        boolean opened = false;
        try {
            // Not a SELECT: what POP3 sees stays \Recent for IMAP.
            var view = store.open(actor, "INBOX", false).view();
            var maildrop = new Maildrop(store, actor, view, keeper);
            opened = true;
            return maildrop;
        } finally {
            if (!opened) {
                keeper.close();
            }
        }
    }

    /** The highest number. */
    int last() {
        return view.size();
    }

    /** Whether there is such a message, and it is not marked as deleted. */
    boolean has(int number) {
        return number >= 1 && number <= view.size() && !deleted.get(number);
    }

    /** How many messages are not marked as deleted. */
    int count() {
        return view.size() - deleted.cardinality();
    }

    /** Octets of those. */
    long octets() {
        return allOctets - deletedOctets;
    }

    long octets(int number) {
        return view.entry(number).size();
    }

    /** RFC 1939 §7: the same in every session, and never another message's. */
    String uniqueId(int number) {
        return view.uidValidity() + "." + view.uid(number);
    }

    void delete(int number) {
        deleted.set(number);
        deletedOctets += octets(number);
    }

    void keepAll() {
        deleted.clear();
        deletedOctets = 0;
    }

    /** The first octets of a message, all of them where it is small: one call of the house. */
    StoredMessage message(int number) throws MailException {
        return new StoredMessage(store, row(number, MessageColumn.OCTETS));
    }

    /** The header with the empty line behind it. */
    byte[] header(int number) throws MailException {
        var header = row(number, MessageColumn.HEADER).header();
        return header == null ? new byte[0] : header;
    }

    private MessageRow row(int number, MessageColumn column) throws MailException {
        var rows = store.rows(view.mailbox(), UidSet.of(view.uid(number)), Set.of(column), MailStore.CHUNK);
        if (rows.isEmpty()) {
            throw new MailException(Reason.EXPUNGED, "Message " + number + " was removed by another session");
        }
        return rows.getFirst();
    }

    /** RFC 1939 §6: the UPDATE state; all marked messages go in one transaction, or none. */
    void removeDeleted() throws MailException {
        if (deleted.isEmpty()) {
            return;
        }
        var uids = new UidSet.Builder();
        for (int number = deleted.nextSetBit(0); number >= 0; number = deleted.nextSetBit(number + 1)) {
            uids.add(view.uid(number));
        }
        store.expunge(actor, view.mailbox(), uids.build(), false);
    }

    @Override
    public void close() {
        keeper.close();
    }
}
