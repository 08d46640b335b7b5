package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.directory.AccountEnds;
import org.mailroom.mailbox.AccountRights;

/** What is done to accounts whose time has come; nobody's wish decides about it here. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AccountEnding {
    @Inject
    private AccountEnds ends;

    @Inject
    private AccountRights mailboxes;

    @Inject
    private Audit audit;

    public void expire() {
        ends.expireDue().forEach(ended -> audit.writeOwn("account.expired", ended.address(), "after=disabled"));
    }

    /** Whether there was one. */
    public boolean purgeOne() {
        var due = ends.due();
        for (var ended : due) {
            long messages = mailboxes.purge(ended.account());
            ends.forget(ended);
            audit.writeOwn("account.purged", ended.address(), "messages=" + messages);
        }
        return !due.isEmpty();
    }
}
