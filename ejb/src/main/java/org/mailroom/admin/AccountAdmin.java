package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.AccountEnds;
import org.mailroom.directory.AccountList;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.Languages;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Moves;
import org.mailroom.directory.Redirections;

/** Accounts: who has one, what it may hold, what it may do, and under which addresses it is reached. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
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
    private AccountEnds ends;

    @Inject
    private Moves moves;

    @Inject
    private Languages languages;

    @Inject
    private AccountOpening opening;

    @Inject
    private NewSecret secrets;

    @Inject
    private AdministratorLeft administrators;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    private AccountSettings settings = AccountSettings.DEFAULT;

    @PostConstruct
    void configure() {
        settings = AccountSettings.current();
    }

    /** Those with the text in address or name, in the order of their addresses. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public Page<AccountInfo> accounts(String filter, int offset, int limit) {
        var domains = scope.seen();
        var rows = list.list(filter, domains, Math.max(0, offset), Math.clamp(limit, 0, LONGEST_PAGE)).stream()
                .map(AccountAdmin::info)
                .toList();
        return new Page<>(rows, list.count(filter, domains));
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public Optional<AccountInfo> find(String address) {
        try {
            var parsed = Texts.address(address);
            return scope.sees(parsed.domain()) ? list.find(parsed).map(AccountAdmin::info) : Optional.empty();
        } catch (AdminException e) {
            return Optional.empty();
        }
    }

    /** Makes an account with its standard mailboxes; one that is there already stays as it is, password included. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Created add(NewAccount wish) throws AdminException {
        var address = Texts.address(wish.address());
        scope.change(address.domain());
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
        // Hashing takes its time, in which nothing is held.
        var fresh =
                wish.unruled() ? secrets.make(wish.password()) : secrets.ruled(wish.password(), address, displayName);
        opening.open(address, displayName, fresh.secret(), unruled(wish.unruled()));
        return new Created(address.toString(), true, fresh.generated());
    }

    /**
     * Changes what the wish names, all of it or nothing.
     *
     * @return the account as it is then
     */
    public AccountInfo change(String address, AccountChange wish) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        var before = list.find(parsed).map(AccountAdmin::info).orElseThrow(() -> missing(parsed));
        var name = wish.displayName();
        if (name != null) {
            var fit = Texts.displayName(name);
            accounts.rename(parsed, fit);
            note("account.rename", parsed, before.displayName(), fit);
        }
        var quota = wish.quota();
        if (quota != null) {
            quota.check();
            accounts.quota(parsed, quota.octets(), quota.messages());
            note("account.quota", parsed, before.quotaOctets() + "/" + before.quotaMessages(), quota.text());
        }
        var enabled = wish.enabled();
        if (enabled != null) {
            if (enabled && before.removal() != null) {
                throw new AdminException(Kind.CONFLICT, parsed + " was removed; restore it instead");
            }
            if (!enabled) {
                administrators.without(parsed, "disabled");
            }
            accounts.enable(parsed, enabled);
            note("account.enable", parsed, before.enabled(), enabled);
        }
        return list.find(parsed).map(AccountAdmin::info).orElseThrow(() -> missing(parsed));
    }

    private void note(String action, MailAddress address, Object before, Object after) {
        audit.write(action, address.toString(), "before=" + before + " after=" + after);
    }

    /** A disabled account takes no mail and does not log in; what it has stays. */
    public void enable(String address, boolean enabled) throws AdminException {
        change(address, AccountChange.enabled(enabled));
    }

    /** From then on it takes no mail and does not log in, which is at once where that time is past; null: never. */
    public void expire(String address, @Nullable Instant at) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        var there = list.find(parsed).orElseThrow(() -> missing(parsed));
        if (there.removal() != null) {
            throw new AdminException(Kind.CONFLICT, parsed + " was removed; restore it instead");
        }
        var before = there.expires();
        if (at != null) {
            administrators.without(parsed, "made to expire");
        }
        found(ends.expire(parsed, at), parsed);
        note("account.expire", parsed, String.valueOf(before), String.valueOf(at));
    }

    /**
     * Disables it, and has its mail go after a time of grace, in which it can be had back.
     *
     * @return when that is
     */
    public Instant remove(String address) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        administrators.without(parsed, "removed");
        var until = Instant.now().plus(settings.grace());
        if (!ends.remove(parsed, until)) {
            throw new AdminException(
                    list.find(parsed).isPresent() ? Kind.CONFLICT : Kind.NOT_FOUND,
                    "There is no account " + parsed + ", or it was removed already");
        }
        audit.write("account.remove", parsed.toString(), "until=" + until);
        return until;
    }

    /** Takes a removal back: the account has what it had, and is enabled if it was. */
    public void restore(String address) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        if (!ends.restore(parsed)) {
            throw new AdminException(Kind.NOT_FOUND, "No account " + parsed + " was removed");
        }
        audit.write("account.restore", parsed.toString(), "");
    }

    /**
     * Gives the account another address, in the same domain or in another; its mail stays.
     *
     * @param keepOld whether the old one stays as an alias
     */
    public void move(String address, String to, boolean keepOld) throws AdminException {
        var from = Texts.address(address);
        var wanted = Texts.address(to);
        scope.changeAccount(from);
        scope.change(wanted.domain());
        found(list.find(from).isPresent(), from);
        if (!moves.move(from, wanted, keepOld)) {
            throw new AdminException(Kind.CONFLICT, wanted + " is taken, or there is no domain " + wanted.domain());
        }
        audit.write("account.move", from.toString(), "after=" + wanted + (keepOld ? " and an alias" : ""));
    }

    /** In which language the server writes to its user; empty: in its own. */
    public void language(String address, String language) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        var wanted = Texts.language(language);
        var before = languages.chosen(parsed.toString()).orElseThrow(() -> missing(parsed));
        languages.choose(parsed, wanted);
        note("account.language", parsed, before, wanted);
    }

    /** What the account's mailboxes may hold; null: no limit. */
    public void quota(String address, @Nullable Long octets, @Nullable Long messages) throws AdminException {
        change(address, AccountChange.quota(octets, messages));
    }

    /** Changes the name that people see. */
    public void rename(String address, String displayName) throws AdminException {
        change(address, AccountChange.displayName(displayName));
    }

    /**
     * Sets a password.
     *
     * @param password null: one is generated, and is in the answer
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK})
    public Created resetPassword(String address, @Nullable String password) throws AdminException {
        var parsed = Texts.address(address);
        scope.changePassword(parsed);
        var name = list.find(parsed).map(AccountList.Listed::displayName).orElse("");
        return reset(parsed, secrets.ruled(password, parsed, name), "");
    }

    /** Sets a password that the rules would refuse; whoever does answers for it. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Created setUnruledPassword(String address, String password) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        return reset(parsed, secrets.make(password), unruled(true));
    }

    private Created reset(MailAddress address, NewSecret.Fresh fresh, String detail) throws AdminException {
        opening.secret(address, fresh.secret(), detail);
        return new Created(address.toString(), false, fresh.generated());
    }

    private static String unruled(boolean unruled) {
        return unruled ? "rules=overridden" : "";
    }

    /**
     * Gives the account another address; postmaster and abuse of a domain move to it from whoever had them. True where the
     * account did not have it.
     */
    public boolean alias(String address, String alias) throws AdminException {
        var parsed = Texts.address(address);
        var other = Texts.address(alias);
        scope.changeAccount(parsed);
        scope.change(other.domain());
        var holder = accounts.holder(other);
        if (holder.isPresent() && holder.get().address().equals(parsed.toString())) {
            return false;
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
        return true;
    }

    public void removeAlias(String address, String alias) throws AdminException {
        var parsed = Texts.address(address);
        var other = Texts.address(alias);
        scope.changeAccount(parsed);
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

    private static void found(boolean found, MailAddress address) throws AdminException {
        if (!found) {
            throw missing(address);
        }
    }

    static AdminException missing(MailAddress address) {
        return new AdminException(Kind.NOT_FOUND, "There is no account " + address);
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
                account.created(),
                account.expires(),
                account.removal());
    }
}
