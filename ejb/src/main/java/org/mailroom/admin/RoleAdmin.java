package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Roles;

/** Who may administer what. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class RoleAdmin {
    @Inject
    private Roles roles;

    @Inject
    private Accounts accounts;

    @Inject
    private AdministratorLeft administrators;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<RoleInfo> granted() {
        return roles.all().stream()
                .map(one -> new RoleInfo(one.address(), one.role(), one.domain()))
                .toList();
    }

    /** True where the account did not have it. */
    public boolean grant(RoleInfo wish) throws AdminException {
        var address = Texts.address(wish.address());
        var domain = domain(wish);
        var held = new RoleInfo(address.toString(), wish.role(), domain == null ? "" : domain.name());
        boolean added = !granted().contains(held);
        if (!accounts.grant(address, wish.role(), domain)) {
            throw new AdminException(
                    Kind.NOT_FOUND,
                    "There is no account " + address + (domain == null ? "" : ", or no domain " + domain));
        }
        audit.write("role.grant", address.toString(), text(wish.role(), domain));
        return added;
    }

    public void revoke(RoleInfo held) throws AdminException {
        var address = Texts.address(held.address());
        var domain = domain(held);
        if (held.role().equals(Role.ADMINISTRATOR)) {
            administrators.without(address, "left without that role");
        }
        if (!accounts.revoke(address, held.role(), domain)) {
            throw new AdminException(Kind.NOT_FOUND, address + " does not have that role");
        }
        audit.write("role.revoke", address.toString(), text(held.role(), domain));
    }

    /** Refuses what is no role for everywhere, and no {@code role@domain}, of those that groups of others can give. */
    static void check(String mapped) throws AdminException {
        int at = mapped.indexOf('@');
        domain(
                at < 0
                        ? new RoleInfo("", mapped, "")
                        : new RoleInfo("", mapped.substring(0, at), mapped.substring(at + 1)));
    }

    private static @Nullable MailDomain domain(RoleInfo wish) throws AdminException {
        if (!Role.GRANTED.contains(wish.role())) {
            throw new AdminException(Kind.INVALID, "A role is one of " + String.join(", ", Role.GRANTED));
        }
        boolean ofDomain = wish.role().equals(Role.DOMAIN_ADMINISTRATOR);
        if (ofDomain == wish.domain().isBlank()) {
            throw new AdminException(
                    Kind.INVALID, ofDomain ? "Name the domain that he administers" : "That role holds in all domains");
        }
        return ofDomain ? Texts.domain(wish.domain()) : null;
    }

    private static String text(String role, @Nullable MailDomain domain) {
        return "role=" + role + (domain == null ? "" : " domain=" + domain);
    }
}
