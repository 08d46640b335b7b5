package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.AccountList;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.MailAddress;

/** Whoever could undo it must remain: somebody who may do everything, and may log in. */
@Dependent
public class AdministratorLeft {
    @Inject
    private AccountList list;

    @Inject
    private Accounts accounts;

    /** Refuses what would leave nobody, as {@code disabled}. */
    void without(MailAddress address, String fate) throws AdminException {
        boolean administrator = list.find(address)
                .filter(account -> account.enabled() && account.roles().contains(Role.ADMINISTRATOR))
                .isPresent();
        if (administrator && accounts.countWith(Role.ADMINISTRATOR) <= 1) {
            throw new AdminException(Kind.CONFLICT, address + " is the last administrator and cannot be " + fate);
        }
    }
}
