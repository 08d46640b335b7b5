package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.AccountList;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Redirections;

/** Accounts: who has one, what it may hold, what it may do, and under which addresses it is reached. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class AccountAdmin {
    private static final int LONGEST_PAGE = 1000;

    @Inject
    private AccountList list;

    @Inject
    private Accounts accounts;

    @Inject
    private Domains domains;

    @Inject
    private Redirections redirections;

    @Inject
    private AccountOpening opening;

    @Inject
    private NewSecret secrets;

    @Inject
    private Audit audit;

    /** Those with the text in address or name, in the order of their addresses. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Page<AccountInfo> accounts(String filter, int offset, int limit) {
        var rows = list.list(filter, Math.max(0, offset), Math.clamp(limit, 0, LONGEST_PAGE)).stream()
                .map(AccountAdmin::info)
                .toList();
        return new Page<>(rows, list.count(filter));
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Optional<AccountInfo> find(String address) {
        try {
            return list.find(Texts.address(address)).map(AccountAdmin::info);
        } catch (AdminException e) {
            return Optional.empty();
        }
    }

    /** Makes an account with its standard mailboxes; one that is there already stays as it is, password included. */
    public Created add(NewAccount wish) throws AdminException {
        var address = Texts.address(wish.address());
        var holder = accounts.holder(address);
        if (holder.isPresent()) {
            if (holder.get().alias()) {
                throw new AdminException(
                        Kind.CONFLICT,
                        address + " is an alias of " + holder.get().address());
            }
            return new Created(address.toString(), false, null);
        }
        if (redirections.isTaken(address)) {
            throw new AdminException(Kind.CONFLICT, address + " is an alias or a group");
        }
        if (!domains.exists(new MailDomain(address.domain()))) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + address.domain() + "; add it first");
        }
        var displayName = Texts.displayName(wish.displayName());
        var fresh = secrets.make(wish.password());
        opening.open(address, displayName, fresh.secret());
        return new Created(address.toString(), true, fresh.generated());
    }

    /** A disabled account takes no mail and does not log in; what it has stays. */
    public void enable(String address, boolean enabled) throws AdminException {
        var parsed = Texts.address(address);
        if (!enabled) {
            keepAnAdministrator(parsed, "disabled");
        }
        found(accounts.enable(parsed, enabled), parsed);
        audit.write("account.enable", parsed.toString(), "after=" + enabled);
    }

    /**
     * Sets a password.
     *
     * @param password null: one is generated, and is in the answer
     */
    public Created resetPassword(String address, @Nullable String password) throws AdminException {
        var parsed = Texts.address(address);
        var fresh = secrets.make(password);
        found(accounts.secret(parsed, fresh.secret()), parsed);
        audit.write("account.password", parsed.toString(), "");
        return new Created(parsed.toString(), false, fresh.generated());
    }

    /** What the account's mailboxes may hold; null: no limit. */
    public void quota(String address, @Nullable Long octets, @Nullable Long messages) throws AdminException {
        var parsed = Texts.address(address);
        if (octets != null && octets < 1 || messages != null && messages < 1) {
            throw new AdminException(Kind.INVALID, "A quota is a number above 0, or nothing for no limit");
        }
        var before = list.find(parsed).map(found -> "before=" + found.quotaOctets() + "/" + found.quotaMessages());
        found(accounts.quota(parsed, octets, messages), parsed);
        audit.write("account.quota", parsed.toString(), before.orElse("") + " after=" + octets + "/" + messages);
    }

    /** Changes the name that people see. */
    public void rename(String address, String displayName) throws AdminException {
        var parsed = Texts.address(address);
        var name = Texts.displayName(displayName);
        var before = list.find(parsed).map(found -> "before=" + found.displayName());
        found(accounts.rename(parsed, name), parsed);
        audit.write("account.rename", parsed.toString(), before.orElse("") + " after=" + name);
    }

    /** Gives the account another address; postmaster and abuse of a domain move to it from whoever had them. */
    public void alias(String address, String alias) throws AdminException {
        var parsed = Texts.address(address);
        var other = Texts.address(alias);
        var holder = accounts.holder(other);
        if (holder.isPresent() && holder.get().address().equals(parsed.toString())) {
            return;
        }
        if (holder.isPresent() && !(holder.get().alias() && NewDomain.REQUIRED.contains(other.localPart()))) {
            throw new AdminException(
                    Kind.CONFLICT, other + " belongs to " + holder.get().address());
        }
        found(accounts.holder(parsed).filter(account -> !account.alias()).isPresent(), parsed);
        if (holder.isEmpty() && redirections.isTaken(other)) {
            throw new AdminException(Kind.CONFLICT, other + " is an alias or a group");
        }
        if (!accounts.alias(parsed, other)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + other.domain() + "; add it first");
        }
        audit.write(
                "account.alias",
                parsed.toString(),
                "alias=" + other
                        + holder.map(before -> " before=" + before.address()).orElse(""));
    }

    public void removeAlias(String address, String alias) throws AdminException {
        var parsed = Texts.address(address);
        var other = Texts.address(alias);
        var holder = accounts.holder(other).filter(Accounts.Holder::alias);
        if (holder.isEmpty() || !holder.get().address().equals(parsed.toString())) {
            throw new AdminException(Kind.NOT_FOUND, parsed + " has no alias " + other);
        }
        // RFC 5321 §4.5.1: every domain has a postmaster.
        if (NewDomain.REQUIRED.contains(other.localPart())) {
            throw new AdminException(
                    Kind.CONFLICT, "Every domain needs " + other + "; give it to another account instead");
        }
        accounts.removeAlias(other);
        audit.write("account.alias-remove", parsed.toString(), "alias=" + other);
    }

    public void grant(String address, String role) throws AdminException {
        var parsed = Texts.address(address);
        known(role);
        found(accounts.grant(parsed, role), parsed);
        audit.write("account.grant", parsed.toString(), "role=" + role);
    }

    public void revoke(String address, String role) throws AdminException {
        var parsed = Texts.address(address);
        known(role);
        if (role.equals(Role.ADMINISTRATOR)) {
            keepAnAdministrator(parsed, "left without that role");
        }
        found(accounts.revoke(parsed, role), parsed);
        audit.write("account.revoke", parsed.toString(), "role=" + role);
    }

    /** Whoever could undo it must remain. */
    private void keepAnAdministrator(MailAddress address, String fate) throws AdminException {
        boolean administrator = list.find(address)
                .filter(account -> account.enabled() && account.roles().contains(Role.ADMINISTRATOR))
                .isPresent();
        if (administrator && accounts.countWith(Role.ADMINISTRATOR) <= 1) {
            throw new AdminException(Kind.CONFLICT, address + " is the last administrator and cannot be " + fate);
        }
    }

    private static void known(String role) throws AdminException {
        if (!Role.GRANTED.contains(role)) {
            throw new AdminException(Kind.INVALID, "A role is one of " + String.join(", ", Role.GRANTED));
        }
    }

    private static void found(boolean found, MailAddress address) throws AdminException {
        if (!found) {
            throw new AdminException(Kind.NOT_FOUND, "There is no account " + address);
        }
    }

    private static AccountInfo info(AccountList.Listed account) {
        return new AccountInfo(
                account.address(),
                account.displayName(),
                account.enabled(),
                account.octets(),
                account.quotaOctets(),
                account.messages(),
                account.quotaMessages(),
                account.aliases(),
                account.roles(),
                account.created());
    }
}
