package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.Roles;

/** Roles that an issuer vouches for, as the settings map his groups; written down with the login. */
@Stateless
@PermitAll
public class IssuerRoles {
    private static final System.Logger LOG = System.getLogger(IssuerRoles.class.getName());

    @Inject
    private Roles roles;

    @Inject
    private Audit audit;

    public void keep(AccountId account, String address, Set<String> mapped, Instant until) {
        var given = new TreeSet<String>();
        for (var role : mapped) {
            try {
                RoleAdmin.check(role);
                given.add(role);
            } catch (AdminException e) {
                LOG.log(System.Logger.Level.ERROR, "openid role=" + role + " status=passed-over problem=" + e.text());
            }
        }
        roles.vouched(account, given, until);
        audit.writeOwn("login.openid", address, "roles=" + given + " until=" + until);
    }
}
