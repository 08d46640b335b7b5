package org.mailroom.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AccountAdmin;
import org.mailroom.admin.AccountInfo;
import org.mailroom.admin.AdminException;
import org.mailroom.web.site.Figures;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Octets;
import org.mailroom.web.site.Texts;

/** One account, named by the path, and all that can be done to it. */
@Named
@RequestScoped
public class AccountPage {
    @Inject
    private AccountAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private Optional<AccountInfo> account = Optional.empty();
    private String displayName = "";
    private String password = "";
    private String alias = "";
    private String newAddress = "";
    private boolean keepOld = true;
    private boolean unruled;
    private String expires = "";
    private String quotaOctets = "";
    private String quotaMessages = "";

    /** Called on the first request only: after that, the fields hold what was typed. */
    public void load() {
        account = admin.find(here.subject());
        account.ifPresentOrElse(this::fill, here::missing);
    }

    private void fill(AccountInfo found) {
        displayName = found.displayName();
        expires = found.expires() == null
                ? ""
                : LocalDate.ofInstant(found.expires(), ZoneOffset.UTC).toString();
        quotaOctets = found.quotaOctets() == null ? "" : Octets.exact(found.quotaOctets());
        quotaMessages =
                found.quotaMessages() == null ? "" : found.quotaMessages().toString();
    }

    public AccountInfo getAccount() {
        if (account.isEmpty()) {
            account = admin.find(here.subject());
        }
        return account.orElseThrow();
    }

    public void enable() {
        change("account.enabled", address -> admin.enable(address, true));
    }

    public void disable() {
        change("account.disabled", address -> admin.enable(address, false));
    }

    public void rename() {
        change("account.renamed", address -> admin.rename(address, displayName.strip()));
    }

    public void remove() {
        change("account.removed", admin::remove);
    }

    public void restore() {
        change("account.restored", admin::restore);
    }

    /** The page goes along. */
    public void move() {
        try {
            admin.move(here.subject(), newAddress.strip(), keepOld);
            notices.done(texts.of("account.moved"));
            here.go(links.account(newAddress.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
            here.again();
        }
    }

    public void addAlias() {
        change("account.aliasAdded", address -> admin.alias(address, alias.strip()));
    }

    public void removeAlias() {
        change("account.aliasRemoved", address -> admin.removeAlias(address, here.chosen("removeAlias")));
    }

    /** What was typed stays in the form where a field of it is unclear. */
    public void quota() {
        var octets = Octets.parse(quotaOctets, Texts.locale());
        var messages = Figures.count(quotaMessages, Texts.locale(), Long.MAX_VALUE);
        if (isClear(quotaOctets, octets, "account.quotaOctetsUnclear")
                && isClear(quotaMessages, messages, "account.quotaMessagesUnclear")) {
            change("account.quotaSet", address -> admin.quota(address, octets.orElse(null), messages.orElse(null)));
        }
    }

    /** An empty field is clear, too: it says that there is no limit. */
    private boolean isClear(String typed, Optional<Long> figure, String otherwise) {
        boolean clear = typed.isBlank() || figure.isPresent();
        if (!clear) {
            notices.problem(texts.of(otherwise));
        }
        return clear;
    }

    /** A day begins as in UTC; empty: never. */
    public void expire() {
        try {
            var typed = expires.strip();
            var at = typed.isEmpty()
                    ? null
                    : LocalDate.parse(typed).atStartOfDay(ZoneOffset.UTC).toInstant();
            change("account.expirySet", address -> admin.expire(address, at));
        } catch (DateTimeParseException unclear) {
            notices.problem(texts.of("account.expiryUnclear"));
            here.again();
        }
    }

    public void generatePassword() {
        change("account.passwordSet", address -> reset(address, null));
    }

    public void setNewPassword() {
        change("account.passwordSet", address -> reset(address, password));
    }

    private void reset(String address, @Nullable String typed) throws AdminException {
        if (typed != null && unruled) {
            admin.setUnruledPassword(address, typed);
            return;
        }
        var generated = admin.resetPassword(address, typed).password();
        if (generated != null) {
            notices.secret(texts.of("account.passwordGenerated", address), generated);
        }
    }

    private void change(String said, Change change) {
        try {
            change.on(here.subject());
            notices.done(texts.of(said));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    private interface Change {
        void on(String address) throws AdminException;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getNewAddress() {
        return newAddress;
    }

    public void setNewAddress(String newAddress) {
        this.newAddress = newAddress;
    }

    public boolean isKeepOld() {
        return keepOld;
    }

    public void setKeepOld(boolean keepOld) {
        this.keepOld = keepOld;
    }

    public String getAlias() {
        return alias;
    }

    public void setAlias(String alias) {
        this.alias = alias;
    }

    public String getQuotaOctets() {
        return quotaOctets;
    }

    public void setQuotaOctets(String quotaOctets) {
        this.quotaOctets = quotaOctets;
    }

    public String getQuotaMessages() {
        return quotaMessages;
    }

    public void setQuotaMessages(String quotaMessages) {
        this.quotaMessages = quotaMessages;
    }

    public boolean isUnruled() {
        return unruled;
    }

    public void setUnruled(boolean unruled) {
        this.unruled = unruled;
    }

    public String getExpires() {
        return expires;
    }

    public void setExpires(String expires) {
        this.expires = expires;
    }
}
