package org.mailroom.contract.store;

/** Told after the commit that a mailbox changed; asks for what when it likes. Must return at once. */
@FunctionalInterface
public interface MailboxWatcher {
    void changed(long mailbox);
}
