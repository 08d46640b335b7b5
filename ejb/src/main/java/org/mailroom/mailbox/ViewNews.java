package org.mailroom.mailbox;

import java.util.List;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * What one transaction did to a mailbox whose row it held: whoever has the view as it was before need not ask the database.
 *
 * @param since the mod-sequence that the transaction found
 * @param modseq the one that it left
 * @param keywords of the mailbox, afterwards
 * @param entries those with other flags, ascending by UID
 */
record ViewNews(long since, long modseq, List<String> keywords, List<MailboxView.Entry> entries) {
    ViewNews {
        keywords = List.copyOf(keywords);
        entries = List.copyOf(entries);
    }

    /**
     * Whether nothing lies between a view and these news. A new keyword raises no mod-sequence, so news of two of them may come in
     * any order; but none is ever taken away.
     */
    boolean follows(MailboxView view) {
        return view.modseq() == since && keywords.size() >= view.keywords().size();
    }

    MailboxView after(MailboxView view) {
        return view.with(entries, UidSet.EMPTY, view.uidNext(), modseq, keywords);
    }
}
