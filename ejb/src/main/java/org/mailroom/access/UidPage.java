package org.mailroom.access;

import java.util.ArrayList;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * The next messages of a set, looked up in the view, so that a query for a page touches the rows of the page and no others.
 *
 * @param dense whether no other message lies between the first and the last
 */
@SuppressWarnings("ArrayRecordComponent") // goes into one statement and is forgotten
record UidPage(Long[] uids, boolean dense) {
    /**
     * @param most messages
     * @param weight octets of first pieces after which the page ends; one message is always in it
     */
    static UidPage of(MailboxView view, UidSet wanted, int most, long weight) {
        var uids = new ArrayList<Long>();
        long used = 0;
        int first = 0;
        int last = 0;
        for (int range = 0; range < wanted.ranges(); range++) {
            int at = view.atOrAbove(wanted.first(range));
            while (at <= view.size() && view.uid(at) <= wanted.last(range)) {
                var entry = view.entry(at);
                if (!uids.isEmpty() && (uids.size() == most || used >= weight)) {
                    return new UidPage(uids.toArray(Long[]::new), last - first + 1 == uids.size());
                }
                first = uids.isEmpty() ? at : first;
                last = at++;
                uids.add(entry.uid());
                used += Math.min(entry.size(), MailStore.CHUNK);
            }
        }
        return new UidPage(uids.toArray(Long[]::new), last - first + 1 == uids.size());
    }

    long first() {
        return uids[0];
    }

    long last() {
        return uids[uids.length - 1];
    }
}
