package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.directory.Secret;

/** Accounts of a state, with their other addresses and what each may use. */
@Dependent
public class StateOfAccounts {
    static final String NAME = "accounts";

    private static final int PAGE = 1000;

    @Inject
    private AccountAdmin accounts;

    @Inject
    private AccountOpening opening;

    @Inject
    private LimitAdmin limits;

    StateSection section() {
        return new StateSection(
                        NAME,
                        List.of("address"),
                        StateSection.fields(
                                "address",
                                StateField.OWN,
                                "displayName",
                                StateField.TEXT,
                                "enabled",
                                StateField.TRUTH,
                                "quotaOctets",
                                StateField.NUMBER,
                                "quotaMessages",
                                StateField.NUMBER,
                                "messageOctets",
                                StateField.NUMBER,
                                "recipients",
                                StateField.NUMBER,
                                "expires",
                                StateField.INSTANT,
                                "aliases",
                                StateField.ALIASES),
                        this::present,
                        (row, _) -> put(row, null),
                        row -> accounts.remove(row.text("address")))
                .settling(StateOfAccounts::settled);
    }

    /** Whose time is over is disabled, whatever was written down before it was. */
    private static void settled(StateRow wish) {
        var expires = wish.optional("expires");
        if (expires != null && !Instant.parse(expires).isAfter(Instant.now())) {
            wish.with("enabled", false).with("expires", null);
        }
    }

    /** Those that were removed are gone, though they can be had back. */
    private List<StateRow> present() {
        var limited = limited();
        var rows = new ArrayList<StateRow>();
        for (int offset = 0; ; offset += PAGE) {
            var page = accounts.accounts("", offset, PAGE).rows();
            page.stream()
                    .filter(account -> account.removal() == null)
                    .map(account -> row(account, limited.get(account.address())))
                    .forEach(rows::add);
            if (page.size() < PAGE) {
                return rows;
            }
        }
    }

    private Map<String, LimitInfo> limited() {
        var limited = new HashMap<String, LimitInfo>();
        limits.limits().forEach(limit -> limited.put(limit.of(), limit));
        return limited;
    }

    private static StateRow row(AccountInfo account, @Nullable LimitInfo limit) {
        var recipients = limit == null ? null : limit.recipients();
        return new StateRow()
                .with("address", account.address())
                .with("displayName", account.displayName())
                .with("enabled", account.enabled())
                .with("quotaOctets", account.quotaOctets())
                .with("quotaMessages", account.quotaMessages())
                .with("messageOctets", limit == null ? null : limit.messageOctets())
                .with("recipients", recipients == null ? null : Long.valueOf(recipients))
                .with("expires", Objects.toString(account.expires(), null))
                .with("aliases", StateSection.sorted(account.aliases()));
    }

    /** Whether it was removed, and can be had back. */
    boolean isLeaving(String address) {
        return accounts.find(address).filter(there -> there.removal() != null).isPresent();
    }

    /** @param secret of one that is new; null where it is there, or comes back */
    void put(StateRow row, @Nullable Secret secret) throws AdminException {
        var address = row.text("address");
        if (secret != null) {
            opening.open(Texts.address(address), Texts.displayName(row.text("displayName")), secret, "");
        } else if (isLeaving(address)) {
            accounts.restore(address);
        }
        var now = accounts.find(address).orElseThrow(() -> AccountAdmin.missing(Texts.known(address)));
        var wish = change(row, now);
        if (wish.displayName() != null || wish.quota() != null || wish.enabled() != null) {
            accounts.change(address, wish);
        }
        putLimits(address, row);
        if (row.has("expires") && !Objects.equals(row.optional("expires"), Objects.toString(now.expires(), null))) {
            var at = row.optional("expires");
            accounts.expire(address, at == null ? null : Instant.parse(at));
        }
        if (row.has("aliases")) {
            putAliases(address, now.aliases(), row.texts("aliases"));
        }
    }

    /** What it may store is a matter of the account itself. */
    private void putLimits(String address, StateRow row) throws AdminException {
        if (!row.has("messageOctets") && !row.has("recipients")) {
            return;
        }
        var now = limited().get(address);
        var wish = LimitInfo.wish(
                address,
                now == null ? null : now.octets(),
                now == null ? null : now.messages(),
                row.number("messageOctets"),
                StateSection.small(row.number("recipients")));
        if (now == null
                ? wish.messageOctets() != null || wish.recipients() != null
                : !Objects.equals(wish.messageOctets(), now.messageOctets())
                        || !Objects.equals(wish.recipients(), now.recipients())) {
            limits.put(wish);
        }
    }

    private static AccountChange change(StateRow row, AccountInfo now) {
        var octets = row.has("quotaOctets") ? row.number("quotaOctets") : now.quotaOctets();
        var messages = row.has("quotaMessages") ? row.number("quotaMessages") : now.quotaMessages();
        boolean quota = !Objects.equals(octets, now.quotaOctets()) || !Objects.equals(messages, now.quotaMessages());
        return new AccountChange(
                row.has("displayName") && !row.text("displayName").equals(now.displayName())
                        ? row.text("displayName")
                        : null,
                quota ? new AccountChange.Quota(octets, messages) : null,
                row.has("enabled") && row.truth("enabled") != now.enabled() ? row.truth("enabled") : null);
    }

    private void putAliases(String address, List<String> now, List<String> wanted) throws AdminException {
        for (var gone : now) {
            if (!wanted.contains(gone)) {
                accounts.removeAlias(address, gone);
            }
        }
        for (var added : wanted) {
            if (!now.contains(added)) {
                accounts.alias(address, added);
            }
        }
    }
}
