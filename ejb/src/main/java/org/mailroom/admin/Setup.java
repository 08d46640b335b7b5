package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;

/** The first start: a mail domain and somebody who may administer it; and the way back for who has lost the password. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class Setup {
    @Inject
    private Accounts accounts;

    @Inject
    private Domains domains;

    @Inject
    private NewDomain newDomain;

    @Inject
    private AccountOpening opening;

    @Inject
    private NewSecret secrets;

    @Inject
    private Audit audit;

    /** Whether there is nothing yet but the first domain and its administrator. */
    public boolean pending() {
        return domains.isUntouched();
    }

    /**
     * Makes the first mail domain and its administrator; does nothing where there is an administrator already.
     *
     * @param administrator an address, or its local part
     */
    public Created first(String domain, String administrator) throws AdminException {
        var there = accounts.firstWith(Role.ADMINISTRATOR);
        if (there.isPresent()) {
            return new Created(there.get().toString(), false, null);
        }
        var name = Texts.domain(domain);
        var address = Texts.address(administrator.contains("@") ? administrator : administrator + "@" + name);
        if (!address.domain().equals(name.name())) {
            throw new AdminException(Kind.INVALID, "The administrator lives in the first domain, " + name);
        }
        newDomain.add(name);
        var created = open(address);
        accounts.grant(address, Role.ADMINISTRATOR, null);
        audit.write("role.grant", address.toString(), "role=" + Role.ADMINISTRATOR);
        newDomain.alias(name, address);
        return created;
    }

    private Created open(MailAddress address) throws AdminException {
        var holder = accounts.holder(address);
        if (holder.isPresent()) {
            if (holder.get().alias()) {
                throw new AdminException(
                        Kind.CONFLICT,
                        address + " is an alias of " + holder.get().address());
            }
            return new Created(address.toString(), false, null);
        }
        var fresh = secrets.make(null);
        opening.open(address, "Administrator", fresh.secret(), "");
        return new Created(address.toString(), true, fresh.generated());
    }

    /** A new password for the first administrator, who may log in again if he was disabled. */
    public Created resetAdministrator() throws AdminException {
        var address = accounts.firstWith(Role.ADMINISTRATOR)
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no administrator yet"));
        var fresh = secrets.make(null);
        accounts.secret(address, fresh.secret());
        accounts.enable(address, true);
        audit.write("account.password", address.toString(), "");
        return new Created(address.toString(), false, fresh.generated());
    }
}
