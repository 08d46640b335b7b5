package org.mailroom.connector.memory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.store.UidSet;

/** The lock in a map, over the mailboxes of a {@link MemoryStore}; what was fetched is kept for the test to see. */
public final class MemoryMaildrops implements Maildrops {
    private final MemoryStore store;
    private final Map<AccountId, String> locked = new ConcurrentHashMap<>();

    public volatile Terms terms = new Terms(null, false, Duration.ZERO);

    /** Messages that the next sessions are shown; null for all. */
    public volatile UidSet shown;

    public volatile UidSet fetched = UidSet.EMPTY;

    public MemoryMaildrops(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public Opened open(Actor actor) throws MailException {
        if (!terms.loginDelay().isZero() && !fetched.isEmpty()) {
            throw new MailException(Reason.NOT_YET, "An account logs in every so often");
        }
        var holder = locked.putIfAbsent(actor.account(), actor.session());
        if (holder != null && !holder.equals(actor.session())) {
            throw new MailException(Reason.IN_USE, "Another session has this maildrop");
        }
        var view = store.open(actor, "INBOX", false).view();
        return new Opened(view, shown, new Terms(terms.expire(), false, terms.loginDelay()));
    }

    @Override
    public void renew(Actor actor) {}

    @Override
    public void update(Actor actor, long mailbox, UidSet read, UidSet deleted) throws MailException {
        fetched = fetched.or(read);
        if (!deleted.isEmpty()) {
            store.expunge(actor, mailbox, deleted, false);
        }
    }

    @Override
    public void close(Actor actor) {
        locked.remove(actor.account(), actor.session());
    }
}
