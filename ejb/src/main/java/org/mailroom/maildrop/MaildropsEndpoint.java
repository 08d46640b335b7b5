package org.mailroom.maildrop;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.MailboxViews;
import org.mailroom.mailbox.Mailboxes;

/** Where POP3 takes and returns a maildrop. It has no transaction of its own: what changes something is one call of a bean. */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MaildropsEndpoint implements Maildrops {
    private static final System.Logger LOG = System.getLogger(MaildropsEndpoint.class.getName());

    @Inject
    private MaildropLocks locks;

    @Inject
    private PopPolicies policies;

    @Inject
    private Mailboxes mailboxes;

    @Inject
    private MailboxViews views;

    @Inject
    private MaildropUpdate update;

    public MaildropsEndpoint() {}

    MaildropsEndpoint(
            MaildropLocks locks, PopPolicies policies, Mailboxes mailboxes, MailboxViews views, MaildropUpdate update) {
        this.locks = locks;
        this.policies = policies;
        this.mailboxes = mailboxes;
        this.views = views;
        this.update = update;
    }

    /** A fault is logged here, once; the wire answers that it cannot now. */
    @AroundInvoke
    @Nullable
    Object watched(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "maildrop " + call.getMethod().getName() + Actor.sessionIn(call.getParameters()) + " failed",
                    e);
            throw e;
        }
    }

    @Override
    public Terms terms() {
        return policies.terms();
    }

    @Override
    public Opened open(Actor actor) throws MailException {
        locks.lock(actor, policies.settings().loginDelay());
        boolean opened = false;
        try {
            var policy = policies.of(actor.account());
            // Not a SELECT: what POP3 sees stays \Recent for IMAP.
            var inbox = mailboxes.opening(actor.account(), "INBOX");
            var view = views.view(inbox.id(), inbox.modseq());
            var shown = policy.show() == PopPolicy.Show.UNSEEN ? unseen(view) : null;
            opened = true;
            return new Opened(view, shown, policies.terms(policy));
        } finally {
            if (!opened) {
                locks.unlock(actor);
            }
        }
    }

    private static UidSet unseen(MailboxView view) {
        var unseen = new UidSet.Builder();
        for (int number = 1; number <= view.size(); number++) {
            if ((view.flags(number) & Flags.SEEN) == 0) {
                unseen.add(view.uid(number));
            }
        }
        return unseen.build();
    }

    @Override
    public void renew(Actor actor) {
        locks.renew(actor);
    }

    @Override
    public void update(Actor actor, long mailbox, UidSet fetched, UidSet deleted) throws MailException {
        update.update(actor, mailbox, fetched, deleted);
    }

    @Override
    public void close(Actor actor) {
        locks.unlock(actor);
    }
}
