package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Secret;
import org.mailroom.mailbox.StandardMailboxes;

/** What makes an account whole: its row, its mailboxes, and the line in the audit log, in one transaction. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK})
public class AccountOpening {
    @Inject
    private Accounts accounts;

    @Inject
    private Domains domains;

    @Inject
    private StandardMailboxes mailboxes;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public void open(MailAddress address, String displayName, Secret secret, String detail) throws AdminException {
        scope.change(address.domain());
        var account = accounts.add(address, displayName, secret)
                .orElseThrow(() -> domains.exists(new MailDomain(address.domain()))
                        ? new AdminException(
                                Kind.CONFLICT, address + " is taken: it is an account, an alias or a group")
                        : new AdminException(
                                Kind.NOT_FOUND, "There is no domain " + address.domain() + "; add it first"));
        mailboxes.create(account);
        audit.write("account.add", address.toString(), ("name=" + displayName + " " + detail).strip());
    }

    /** What proves the password from now on. */
    public void secret(MailAddress address, Secret secret, String detail) throws AdminException {
        scope.changePassword(address);
        refuseElsewhere(address);
        if (!accounts.secret(address, secret)) {
            throw AccountAdmin.missing(address);
        }
        audit.write("account.password", address.toString(), detail);
    }

    /** Of the caller himself. */
    @RolesAllowed(Role.USER)
    public void own(Secret secret) throws AdminException {
        var me = Texts.address(scope.who());
        refuseElsewhere(me);
        if (!accounts.secret(me, secret)) {
            throw AccountAdmin.missing(me);
        }
        audit.write("account.password", me.toString(), "by=owner");
    }

    /** Whose password a directory of others judges has none here. */
    private void refuseElsewhere(MailAddress address) throws AdminException {
        var directory = accounts.source(address);
        if (directory.isPresent()) {
            throw new AdminException(
                    Kind.CONFLICT,
                    address + " is in the directory " + directory.get() + ": its password is changed there");
        }
    }
}
