package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Roles;

/**
 * How far the caller's role reaches: an administrator's everywhere, a domain administrator's to the domains that he was given
 * and their other names. Which methods a role may call at all stands at the methods.
 */
@Stateless
@PermitAll
@DeclareRoles({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR, Role.USER})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Scope {
    @Resource
    private SessionContext session;

    @Inject
    private Roles roles;

    @Inject
    private TokenInUse token;

    /** The domains into which the caller may look; null: all. */
    public @Nullable Set<String> seen() {
        boolean all = session.isCallerInRole(Role.ADMINISTRATOR)
                || session.isCallerInRole(Role.AUDITOR)
                || session.isCallerInRole(Role.HELP_DESK);
        return all ? null : own();
    }

    /** The domains in which the caller may change something; null: all. */
    public @Nullable Set<String> changed() {
        return session.isCallerInRole(Role.ADMINISTRATOR) ? null : own();
    }

    private Set<String> own() {
        return session.isCallerInRole(Role.DOMAIN_ADMINISTRATOR)
                ? token.domains().orElseGet(() -> administered(who()))
                : Set.of();
    }

    private Set<String> administered(String caller) {
        try {
            return roles.domains(MailAddress.parse(caller));
        } catch (BadAddress program) {
            return Set.of();
        }
    }

    /** Whether the caller may look at an address, or a domain, by the text behind its last @. */
    public boolean sees(String address) {
        return within(seen(), address);
    }

    private static boolean within(@Nullable Set<String> domains, String address) {
        return domains == null || domains.contains(address.substring(address.lastIndexOf('@') + 1));
    }

    /** Refuses a change to an address, or a domain, that is not the caller's. */
    public void change(String address) throws AdminException {
        if (!within(changed(), address)) {
            throw new AdminException(Kind.FORBIDDEN, address + " is in a domain that you do not administer");
        }
    }

    /** Likewise for an account; one that has a role is changed by administrators only, or it could be taken over. */
    public void changeAccount(MailAddress address) throws AdminException {
        change(address.toString());
        withoutRole(address);
    }

    /** Refuses a new password that would give the caller more than he has. */
    public void changePassword(MailAddress address) throws AdminException {
        if (!session.isCallerInRole(Role.HELP_DESK)) {
            change(address.toString());
        }
        withoutRole(address);
    }

    private void withoutRole(MailAddress address) throws AdminException {
        if (!session.isCallerInRole(Role.ADMINISTRATOR) && roles.hasAny(address)) {
            throw new AdminException(Kind.FORBIDDEN, address + " has a role: only an administrator may do that");
        }
    }

    /** Whether the caller is of a role as he is logged in, which may be fewer than his account has; an administrator is of all. */
    public boolean holds(String role) {
        return session.isCallerInRole(Role.ADMINISTRATOR) || session.isCallerInRole(role);
    }

    /** The caller's name, which is his address where he has an account. */
    public String who() {
        return Optional.ofNullable(session.getCallerPrincipal())
                .map(Principal::getName)
                .orElse("");
    }
}
