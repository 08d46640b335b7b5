package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.MailAddress;
import org.mailroom.login.ApplicationPasswords;

/** Passwords of programs: everybody has his own, and an administrator or the help desk sees to those of others. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK})
public class ApplicationPasswordAdmin {
    private static final int LONGEST_TIME = 3650;

    @Inject
    private ApplicationPasswords passwords;

    @Inject
    private Accounts accounts;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public List<ApplicationPasswordInfo> of(String address) throws AdminException {
        var parsed = Texts.address(address);
        if (!scope.sees(parsed.domain())) {
            throw AccountAdmin.missing(parsed);
        }
        return list(account(parsed));
    }

    /** The secret, which is shown this once and kept nowhere. */
    public Created add(String address, NewApplicationPassword wish) throws AdminException {
        var parsed = Texts.address(address);
        scope.changePassword(parsed);
        return make(parsed, wish);
    }

    public void remove(String address, long id) throws AdminException {
        var parsed = Texts.address(address);
        scope.changePassword(parsed);
        revoke(parsed, id);
    }

    /** The caller's own; likewise below. */
    @RolesAllowed(Role.USER)
    public List<ApplicationPasswordInfo> own() throws AdminException {
        return list(account(me()));
    }

    @RolesAllowed(Role.USER)
    public Created addOwn(NewApplicationPassword wish) throws AdminException {
        return make(me(), wish);
    }

    @RolesAllowed(Role.USER)
    public void removeOwn(long id) throws AdminException {
        revoke(me(), id);
    }

    private MailAddress me() throws AdminException {
        return Texts.address(scope.who());
    }

    private AccountId account(MailAddress address) throws AdminException {
        return accounts.holder(address)
                .filter(holder -> !holder.alias())
                .map(Accounts.Holder::account)
                .orElseThrow(() -> AccountAdmin.missing(address));
    }

    private List<ApplicationPasswordInfo> list(AccountId account) {
        return passwords.of(account).stream()
                .map(one -> new ApplicationPasswordInfo(
                        one.id(),
                        one.name(),
                        one.services(),
                        one.created(),
                        one.expires(),
                        one.lastUsed(),
                        one.lastClient()))
                .toList();
    }

    private Created make(MailAddress address, NewApplicationPassword wish) throws AdminException {
        var name = Texts.displayName(wish.name());
        var services = wish.services().isEmpty() ? ApplicationPasswords.SERVICES : wish.services();
        if (name.isEmpty() || !ApplicationPasswords.SERVICES.containsAll(services)) {
            throw new AdminException(
                    Kind.INVALID, "A password of a program has a name, and is for some of smtp, imap and pop3");
        }
        if (wish.days() < 0 || wish.days() > LONGEST_TIME) {
            throw new AdminException(Kind.INVALID, "It holds for 1 to " + LONGEST_TIME + " days; 0: without end");
        }
        var account = account(address);
        var there = passwords.of(account);
        if (there.size() >= ApplicationPasswords.MOST
                || there.stream().anyMatch(one -> one.name().equals(name))) {
            throw new AdminException(
                    Kind.CONFLICT, address + " has one of that name already, or " + ApplicationPasswords.MOST);
        }
        var expires = wish.days() == 0 ? null : Instant.now().plus(Duration.ofDays(wish.days()));
        var secret = passwords.add(account, name, services, expires);
        audit.write(
                "application-password.add",
                address.toString(),
                "name=" + name + " for=" + new TreeSet<>(services) + " expires=" + expires);
        return new Created(name, true, secret);
    }

    private void revoke(MailAddress address, long id) throws AdminException {
        var account = account(address);
        var before =
                passwords.of(account).stream().filter(one -> one.id() == id).findFirst();
        if (before.isEmpty() || !passwords.remove(account, id)) {
            throw new AdminException(Kind.NOT_FOUND, address + " has no such password");
        }
        audit.write(
                "application-password.remove",
                address.toString(),
                "before=" + before.get().name());
    }
}
