package org.mailroom.connector.imap.session;

import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * What a client wants to hear of the selected mailbox without having asked for it (RFC 5465 §3.1). What it does itself it hears
 * of anyway.
 */
public interface Wishes {
    /** Until NOTIFY says otherwise. */
    Wishes EVERYTHING = new Wishes() {};

    /** NOTIFY NONE. */
    Wishes NOTHING = new Wishes() {
        @Override
        public boolean messages() {
            return false;
        }
    };

    /** New and expunged messages. */
    default boolean messages() {
        return true;
    }

    default boolean flags() {
        return true;
    }

    /** The client is about to change names of mailboxes, or subscriptions. */
    default void renaming() {}

    /** It has changed them. */
    default void renamed() {}

    /** The client was told of these new messages, which others brought. */
    default void arrived(UidSet uids) {}

    /** The client leaves the mailbox of which it was told this. */
    default void leaving(MailboxView told) {}

    /** Another mailbox is selected now, or none. */
    default void selected() {}

    /** The client wishes something else, or is gone. */
    default void end() {}
}
