package org.mailroom.connector.imap.command;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.SearchGrammar;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;

/** Finds messages: what the view knows it answers, for the rest it asks the store, in pieces where that takes long. */
final class Search {
    /** Messages of the first piece; each piece is twice the one before, as long as it is answered within {@link #SOON}. */
    private static final int PIECE = 10_000;

    private static final long SOON = Duration.ofSeconds(2).toNanos();

    private final ImapSession session;
    private final long mailbox;

    /** That in which messages were found. */
    private @Nullable MailboxView searched;

    Search(ImapSession session, long mailbox) {
        this.session = session;
        this.mailbox = mailbox;
    }

    /** UIDs that match, perhaps with others that are of no message any more. */
    UidSet find(SearchKey key) throws MailException {
        var view = session.store().view(session.actor(), mailbox);
        var search = new ViewSearch(view);
        var found = search.find(key);
        if (found == null) {
            found = asked(view, search.narrowed(key));
            // The store looked at its newest.
            view = session.store().view(session.actor(), mailbox);
        }
        searched = view;
        return found;
    }

    /** The mailbox as it was searched, perhaps newer than the client was told; only after {@link #find}. */
    MailboxView searched() {
        if (searched == null) {
            throw new IllegalStateException("nothing was looked for");
        }
        return searched;
    }

    private UidSet asked(MailboxView view, SearchKey key) throws MailException {
        if (view.size() <= PIECE) {
            return session.store().search(session.actor(), mailbox, key);
        }
        var found = UidSet.EMPTY;
        int size = PIECE;
        for (int first = 1; first <= view.size(); ) {
            long began = System.nanoTime();
            int last = Math.min(view.size(), first + size - 1);
            var piece = new SearchKey.Uids(UidSet.range(view.uid(first), view.uid(last)));
            found = found.or(session.store().search(session.actor(), mailbox, new SearchKey.And(List.of(piece, key))));
            size = System.nanoTime() - began < SOON ? 2 * size : size;
            first = last + 1;
            session.progress(last, view.size());
        }
        return found;
    }

    /** What to look for in the selected mailbox. */
    static SearchGrammar grammar(ImapSession session, Arguments in, Charset charset) {
        var selected = session.selected();
        return new SearchGrammar(
                in, charset, selected.view(), selected.recent(), selected.saved(), !session.has(Feature.UIDONLY));
    }

    /**
     * RFC 7162 §3.1.5: whoever searches for mod-sequences hears the highest of what is told, by which it was found.
     *
     * @return 0 where nobody asked, or nothing is told
     */
    long highestModseq(SearchGrammar grammar, long[] uids) {
        if (!grammar.usesModseq()) {
            return 0;
        }
        session.tellModseq();
        long highest = 0;
        for (long uid : uids) {
            // What is gone, and not told so, is only in the view of before.
            var view = searched().sequence(uid) > 0
                    ? searched()
                    : session.selected().view();
            highest = Math.max(highest, view.entry(view.sequence(uid)).modseq());
        }
        return highest;
    }
}
