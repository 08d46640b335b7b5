package org.mailroom.connector.pop3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.maildrop.Maildrops.Terms;
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
    private final Maildrops maildrops;
    private final Actor actor;
    private final MailboxView view;
    private final Terms terms;
    private final boolean utf8;
    private final LockKeeper keeper;

    /** The place in the view of each message that is shown; null where all are. */
    private final int @Nullable [] places;

    private final ReadAhead messages;
    private final long allOctets;
    private final BitSet fetched = new BitSet();
    private final BitSet deleted = new BitSet();
    private long deletedOctets;

    private Maildrop(Services services, Actor actor, Maildrops.Opened opened, boolean utf8, LockKeeper keeper) {
        this.store = services.store();
        this.maildrops = services.maildrops();
        this.actor = actor;
        this.view = opened.view();
        this.terms = opened.terms();
        this.utf8 = utf8;
        this.keeper = keeper;
        this.places = opened.shown() == null ? null : places(view, opened.shown());
        this.messages = new ReadAhead(store, actor, view.mailbox());
        long octets = 0;
        for (int number = 1; number <= last(); number++) {
            octets += octets(number);
        }
        this.allOctets = octets;
    }

    private static int[] places(MailboxView view, UidSet shown) {
        return shown.stream().mapToInt(view::atOrAbove).toArray();
    }

    /** @param utf8 whether the client reads headers in UTF-8 (RFC 6856) */
    static Maildrop open(Services services, Actor actor, boolean utf8) throws MailException {
        var opened = services.maildrops().open(actor);
        return new Maildrop(services, actor, opened, utf8, LockKeeper.of(services.maildrops(), actor));
    }

    Terms terms() {
        return terms;
    }

    /** The highest number. */
    int last() {
        return places == null ? view.size() : places.length;
    }

    /** Whether there is such a message, and it is not marked as deleted. */
    boolean has(int number) {
        return number >= 1 && number <= last() && !deleted.get(number);
    }

    /** How many messages are not marked as deleted. */
    int count() {
        return last() - deleted.cardinality();
    }

    /** Octets of those. */
    long octets() {
        return allOctets - deletedOctets;
    }

    long octets(int number) {
        return view.entry(place(number)).size();
    }

    private int place(int number) {
        return places == null ? number : places[number - 1];
    }

    private long uid(int number) {
        return view.uid(place(number));
    }

    /** RFC 1939 §7: the same in every session and from every node, and never another message's. */
    String uniqueId(int number) {
        return view.uidValidity() + "." + uid(number);
    }

    void delete(int number) {
        deleted.set(number);
        deletedOctets += octets(number);
    }

    void keepAll() {
        deleted.clear();
        deletedOctets = 0;
    }

    /**
     * A message as this client may have it.
     *
     * @param octets how many come; another number than {@link Maildrop#octets} only where the header was rewritten
     */
    record Content(InputStream stream, long octets) {}

    /** RETR: the message counts as fetched, should the session reach its QUIT. Null where the client must know UTF-8. */
    @Nullable
    Content fetch(int number) throws MailException {
        var content = message(number);
        if (content != null) {
            fetched.set(number);
        }
        return content;
    }

    /** Null where the client must know UTF-8. */
    @Nullable
    Content message(int number) throws MailException {
        var row = found(number, messages.whole(uid(number), following(number)));
        var stored = new StoredMessage(store, row);
        var start = row.octets();
        if (utf8 || start == null) {
            return new Content(stored, row.size());
        }
        int end = SurrogateHeader.end(start);
        if (SurrogateHeader.isAscii(start, end)) {
            return new Content(stored, row.size());
        }
        if (end == start.length && row.size() > end) {
            return null; // a header that is longer than what is read at a time
        }
        var surrogate = SurrogateHeader.of(start, end);
        stored.passOver(end);
        return new Content(
                new SequenceInputStream(new ByteArrayInputStream(surrogate), stored),
                row.size() - end + surrogate.length);
    }

    /** The header with the empty line behind it, and nothing of a header that is too long to be held. */
    byte[] header(int number) throws MailException {
        var rows = store.rows(
                actor, view.mailbox(), UidSet.of(uid(number)), Set.of(MessageColumn.HEADER), MailStore.CHUNK);
        var header = found(number, rows.isEmpty() ? null : rows.getFirst()).header();
        if (header == null) {
            return new byte[0];
        }
        boolean asItIs = utf8 || SurrogateHeader.isAscii(header, header.length);
        return asItIs ? header : SurrogateHeader.of(header, header.length);
    }

    private static MessageRow found(int number, @Nullable MessageRow row) throws MailException {
        if (row == null) {
            throw new MailException(
                    Reason.EXPUNGED, Text.REMOVED_ELSEWHERE.of(number).english());
        }
        return row;
    }

    /** What a client that takes one message after the other asks for next. */
    private UidSet following(int number) {
        var uids = new UidSet.Builder();
        for (int next = number; next <= last() && next < number + ReadAhead.MESSAGES; next++) {
            if (has(next)) {
                uids.add(uid(next));
            }
        }
        return uids.build();
    }

    /** RFC 1939 §6: the UPDATE state; all that the session did takes effect in one transaction, or nothing. */
    void update() throws MailException {
        if (!fetched.isEmpty() || !deleted.isEmpty()) {
            maildrops.update(actor, view.mailbox(), uids(fetched), uids(deleted));
        }
    }

    private UidSet uids(BitSet numbers) {
        var uids = new UidSet.Builder();
        for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
            uids.add(uid(number));
        }
        return uids.build();
    }

    @Override
    public void close() {
        keeper.close();
    }
}
