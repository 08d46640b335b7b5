package org.mailroom.access;

import org.mailroom.TestHouse;
import org.mailroom.contract.store.MailStore;
import org.mailroom.directory.Directory;
import org.mailroom.mailbox.TestStore;

/** The endpoint over the beans of a {@link TestStore}. */
final class TestEndpoint {
    private TestEndpoint() {}

    static MailStore over(TestStore store) {
        var directory = new TestHouse(store.transactions).bean(Directory.class);
        return over(store, directory);
    }

    /** @param directory that knows who is who */
    static MailStore over(TestStore store, Directory directory) {
        return new MailStoreEndpoint(
                store.transactions,
                store.mailboxes,
                store.views,
                store.watchers,
                store.flags,
                store.copies,
                store.expunges,
                store.appends,
                store.quotas,
                store.acls,
                new Sharing(directory, store.mailboxes, store.views),
                store.annotations);
    }
}
