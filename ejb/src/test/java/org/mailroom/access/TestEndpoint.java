package org.mailroom.access;

import org.mailroom.contract.store.MailStore;
import org.mailroom.mailbox.TestStore;

/** The endpoint over the beans of a {@link TestStore}. */
final class TestEndpoint {
    private TestEndpoint() {}

    static MailStore over(TestStore store) {
        return new MailStoreEndpoint(
                store.transactions,
                store.mailboxes,
                store.views,
                store.watchers,
                store.flags,
                store.copies,
                store.expunges,
                store.appends,
                store.quotas);
    }
}
