package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * What one command deals with of the messages that it names: all of them, or where they are too many those with the highest
 * UIDs (RFC 9738 §3.1).
 *
 * @param lowest the first UID that is dealt with where that is not all, otherwise 0
 */
record Portion(UidSet uids, int most, long lowest) {
    static Portion of(ImapSession session, UidSet uids) {
        int most = session.services().settings().limits().imapMessages();
        var view = session.selected().view();
        if (Messages.count(view, uids) <= most) {
            return new Portion(uids, most, 0);
        }
        long lowest = lowest(view, uids, most);
        return new Portion(uids.above(lowest - 1), most, lowest);
    }

    private static long lowest(MailboxView view, UidSet uids, int most) {
        int missing = most;
        for (int range = uids.ranges() - 1; range >= 0; range--) {
            int end = view.atOrAbove(uids.last(range) + 1);
            int here = end - view.atOrAbove(uids.first(range));
            if (here >= missing) {
                return view.uid(end - missing);
            }
            missing -= here;
        }
        throw new IllegalArgumentException("there are not more than " + most);
    }

    boolean isWhole() {
        return lowest == 0;
    }

    /** The text of an OK. */
    String done(String text) {
        return isWhole()
                ? text
                : "[MESSAGELIMIT " + most + " " + lowest + "] " + text + " for the last " + most + " messages";
    }
}
