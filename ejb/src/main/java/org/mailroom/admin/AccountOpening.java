package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Secret;
import org.mailroom.mailbox.StandardMailboxes;

/** What makes an account whole: its row, its mailboxes, and the line in the audit log, in one transaction. */
@Dependent
public class AccountOpening {
    @Inject
    private Accounts accounts;

    @Inject
    private StandardMailboxes mailboxes;

    @Inject
    private Audit audit;

    void open(MailAddress address, String displayName, Secret secret) throws AdminException {
        var account = accounts.add(address, displayName, secret)
                .orElseThrow(() -> new AdminException(Kind.CONFLICT, address + " was taken this moment; look again"));
        mailboxes.create(account);
        audit.write("account.add", address.toString(), "name=" + displayName);
    }
}
