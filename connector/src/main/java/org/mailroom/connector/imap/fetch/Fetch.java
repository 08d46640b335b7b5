package org.mailroom.connector.imap.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/**
 * Reads messages a page at a time and writes them; between pages, and between pieces of a large message, it waits for the
 * client to read. Nothing of the house is held meanwhile.
 */
public final class Fetch {
    /** Octets of a page. */
    private static final int BUDGET = 512 * 1024;

    private static final FlagChange SEEN = new FlagChange(FlagChange.Mode.ADD, Flags.SEEN, List.of());

    private final ImapSession session;
    private final FetchPlan plan;
    private boolean unknownEncoding;

    public Fetch(ImapSession session, List<FetchItem> items) {
        this.session = session;
        this.plan = FetchPlan.of(items);
    }

    /** Whether a part was asked for without an encoding that we do not know (RFC 3516 §4.3). */
    public boolean metUnknownEncoding() {
        return unknownEncoding;
    }

    /** @return how many messages were told */
    public long run(UidSet uids) throws MailException {
        return plan.columns().isEmpty() && !plan.setsSeen() ? fromView(uids) : fromStore(uids);
    }

    private long fromView(UidSet uids) throws MailException {
        var writer = new MessageWriter(session, plan.items());
        var view = session.selected().view();
        long told = 0;
        for (int range = 0; range < uids.ranges(); range++) {
            int end = view.atOrAbove(uids.last(range) + 1);
            for (int sequence = view.atOrAbove(uids.first(range)); sequence < end; sequence++, told++) {
                writer.write(sequence, view.entry(sequence));
            }
        }
        return told;
    }

    private long fromStore(UidSet uids) throws MailException {
        long told = 0;
        long wanted = session.selected().view().known(uids).size();
        var rest = uids;
        while (!rest.isEmpty()) {
            var rows =
                    session.store().rows(session.actor(), session.selected().mailbox(), rest, plan.columns(), BUDGET);
            if (rows.isEmpty()) {
                break;
            }
            var seen = plan.setsSeen() ? setSeen(rows) : UidSet.EMPTY;
            for (var row : rows) {
                told += write(row, seen.contains(row.uid())) ? 1 : 0;
            }
            rest = rest.above(rows.getLast().uid());
            session.connection().awaitWritable();
            session.progress(told, wanted);
        }
        return told;
    }

    private boolean write(MessageRow row, boolean nowSeen) throws MailException {
        var view = session.selected().view();
        int sequence = view.sequence(row.uid());
        if (sequence == 0) {
            return false;
        }
        var whole = row.header() != null && row.header().length >= MailStore.CHUNK ? withOctets(row) : row;
        if (whole != null) {
            var writer = new MessageWriter(session, plan.items());
            writer.write(sequence, view.entry(sequence), whole, nowSeen);
            unknownEncoding |= writer.metUnknownEncoding();
        }
        return whole != null;
    }

    /** A row carries no more of a header than of anything else; such a header is read in pieces. */
    private @Nullable MessageRow withOctets(MessageRow row) throws MailException {
        var rows = session.store()
                .rows(
                        session.actor(),
                        session.selected().mailbox(),
                        UidSet.of(row.uid()),
                        plan.columnsForLargeHeader(),
                        BUDGET);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /** Sets \Seen where it was not, and tells which messages have it now that had not. */
    private UidSet setSeen(List<MessageRow> rows) throws MailException {
        var selected = session.selected();
        // RFC 4314 §4: without the right it is read, and stays unseen.
        if (selected.isReadOnly() || !selected.rights().has(Right.SEEN)) {
            return UidSet.EMPTY;
        }
        var unseen = new UidSet.Builder();
        for (var row : rows) {
            int sequence = selected.view().sequence(row.uid());
            if (sequence > 0 && (selected.view().flags(sequence) & Flags.SEEN) == 0) {
                unseen.add(row.uid());
            }
        }
        var uids = unseen.build();
        if (!uids.isEmpty()) {
            var stored = session.store().store(session.actor(), selected.mailbox(), uids, SEEN, Long.MAX_VALUE);
            selected.adopt(stored.view(), uids);
        }
        return uids;
    }
}
