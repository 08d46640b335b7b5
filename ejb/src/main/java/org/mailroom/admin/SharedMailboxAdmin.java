package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Rights;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Party;
import org.mailroom.directory.SendWay;
import org.mailroom.directory.SharedAccounts;
import org.mailroom.directory.SharedAccounts.Shared;
import org.mailroom.mailbox.AccountRights;
import org.mailroom.mailbox.Acl.Grantee;
import org.mailroom.mailbox.StandardMailboxes;

/** Shared mailboxes: their address, who sees them with which rights, and who may send in their name. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
public class SharedMailboxAdmin {
    static final String ANYONE = "anyone";

    /** What people mean; letters say the rest. */
    private static final Map<String, String> WORDS =
            Map.of("none", "", "read", "lrs", "work", "lrswipkxte", "all", "lrswipkxtea");

    @Inject
    private SharedAccounts shared;

    @Inject
    private Accounts accounts;

    @Inject
    private Directory directory;

    @Inject
    private StandardMailboxes mailboxes;

    @Inject
    private AccountRights rights;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<SharedMailboxInfo> all() {
        return shared.all().stream()
                .filter(box -> scope.sees(box.address()))
                .map(SharedMailboxAdmin::info)
                .toList();
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public Optional<SharedMailboxInfo> find(String address) throws AdminException {
        return shared.find(Texts.address(address))
                .filter(box -> scope.sees(box.address()))
                .map(SharedMailboxAdmin::info);
    }

    /** Makes one without members, or changes its name and quota. True where there was none. */
    public boolean put(String text, String displayName, @Nullable Long quotaOctets) throws AdminException {
        var address = Texts.address(text);
        scope.change(address.domain());
        var name = Texts.displayName(displayName);
        if (quotaOctets != null && quotaOctets < 1) {
            throw new AdminException(Kind.INVALID, "A quota is a number above 0, or nothing for no limit");
        }
        boolean added = shared.find(address).isEmpty();
        if (added) {
            var account = shared.add(address, name)
                    .orElseThrow(
                            () -> new AdminException(Kind.CONFLICT, address + " is taken, or its domain is not ours"));
            mailboxes.create(account);
        } else {
            accounts.rename(address, name);
        }
        accounts.quota(address, quotaOctets, null);
        audit.write(
                added ? "shared.add" : "shared.change", address.toString(), "name=" + name + " quota=" + quotaOctets);
        return added;
    }

    /** Gives a member these rights and this way to send, whatever he had before. */
    public SharedMailboxInfo member(String text, SharedMailboxMember wish) throws AdminException {
        var box = existing(text);
        var given = rights(wish.rights());
        var way = way(wish.sends());
        var name = wish.member().strip();
        if (name.equalsIgnoreCase(ANYONE)) {
            if (way != null) {
                throw new AdminException(Kind.INVALID, "Not anyone may send; name accounts or groups");
            }
            give(box, Grantee.ANYONE, given);
        } else {
            var party = party(name);
            give(box, grantee(party), given);
            shared.sends(box.account(), party, way);
        }
        audit.write(
                "shared.member",
                box.address(),
                "member=" + name + " before=" + before(box, name) + " after=" + given.letters() + "/" + wish.sends());
        return find(text).orElseThrow(() -> missing(text));
    }

    public SharedMailboxInfo removeMember(String text, String member) throws AdminException {
        return member(text, new SharedMailboxMember(member, "none", "no"));
    }

    /** Removes one that is empty. */
    public void remove(String text) throws AdminException {
        var box = existing(text);
        if (box.messages() > 0) {
            throw new AdminException(
                    Kind.CONFLICT, box.address() + " holds " + box.messages() + " messages; move or delete them first");
        }
        refusing(() -> rights.removeMailboxes(box.account()));
        shared.remove(box.account());
        audit.write("shared.remove", box.address(), "before=" + box.members());
    }

    private void give(Shared box, Grantee to, Rights given) throws AdminException {
        refusing(() -> rights.give(box.account(), to, given));
    }

    @FunctionalInterface
    private interface Deed {
        void go() throws MailException;
    }

    private static void refusing(Deed deed) throws AdminException {
        try {
            deed.go();
        } catch (MailException refused) {
            throw new AdminException(Kind.CONFLICT, refused.text());
        }
    }

    private Party party(String name) throws AdminException {
        var party = directory.anew().party(Texts.address(name).toString());
        return party.filter(found -> !found.shared())
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no account or group " + name));
    }

    private static Grantee grantee(Party party) {
        var account = party.account();
        var group = party.group();
        if (account != null) {
            return Grantee.of(account);
        }
        return group == null ? Grantee.ANYONE : Grantee.of(group);
    }

    private static String before(Shared box, String name) {
        return box.members().stream()
                .filter(member -> member.identifier().equalsIgnoreCase(name))
                .map(member -> member.rights() + "/" + sends(member.sends()))
                .findFirst()
                .orElse("none");
    }

    static Rights rights(String text) throws AdminException {
        var word = text.strip().toLowerCase(Locale.ROOT);
        return Rights.parse(WORDS.getOrDefault(word, word))
                .orElseThrow(() -> new AdminException(
                        Kind.INVALID, "Rights are none, read, work or all, or letters of " + Rights.ALL));
    }

    static @Nullable SendWay way(String text) throws AdminException {
        var word = text.strip().toLowerCase(Locale.ROOT);
        for (var way : SendWay.values()) {
            if (way.word().equals(word)) {
                return way;
            }
        }
        if (!word.isEmpty() && !word.equals("no")) {
            throw new AdminException(Kind.INVALID, "A member sends as, on-behalf, or no");
        }
        return null;
    }

    static String sends(@Nullable SendWay way) {
        return way == null ? "no" : way.word();
    }

    private Shared existing(String text) throws AdminException {
        var address = Texts.address(text);
        scope.change(address.domain());
        return shared.find(address).orElseThrow(() -> missing(text));
    }

    private static AdminException missing(String text) {
        return new AdminException(Kind.NOT_FOUND, "There is no shared mailbox " + text.strip());
    }

    private static SharedMailboxInfo info(Shared box) {
        return new SharedMailboxInfo(
                box.address(),
                box.displayName(),
                box.octets(),
                box.quotaOctets(),
                box.messages(),
                box.members().stream()
                        .map(member -> new SharedMailboxMember(
                                member.identifier(), word(member.rights()), sends(member.sends())))
                        .toList());
    }

    /** The word for these letters, where there is one. */
    static String word(String letters) {
        return WORDS.entrySet().stream()
                .filter(word -> word.getValue().equals(letters))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(letters);
    }
}
