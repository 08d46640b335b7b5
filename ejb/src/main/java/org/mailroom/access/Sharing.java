package org.mailroom.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Annotation;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.AclEntry;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.Rights;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Party;
import org.mailroom.mailbox.Access;
import org.mailroom.mailbox.Acl;
import org.mailroom.mailbox.Acl.Grantee;
import org.mailroom.mailbox.MailboxViews;
import org.mailroom.mailbox.Mailboxes;

/**
 * Finds the way to mailboxes of others: by names that begin with {@code #user/} or {@code #shared/} and the owner's address,
 * which alone stands for his INBOX; and says who may do what there. An account's own mailboxes cost no question: rights are
 * asked only of what is another's, and then of memory.
 */
@ApplicationScoped
public class Sharing {
    private static final String INBOX = "INBOX";
    private static final String ANYONE = "anyone";

    /** What stands above the mailboxes of others is none. */
    private static final Set<String> ROOTS = Set.of("#user", "#shared");

    @Inject
    private Directory directory;

    @Inject
    private Mailboxes mailboxes;

    @Inject
    private MailboxViews views;

    public Sharing() {}

    Sharing(Directory directory, Mailboxes mailboxes, MailboxViews views) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.views = views;
    }

    // Names

    Place place(Actor actor, String name) throws MailException {
        boolean shared = name.startsWith(MailStore.SHARED);
        if (!shared && !name.startsWith(MailStore.OTHER_USERS)) {
            if (ROOTS.contains(name)) {
                throw none();
            }
            return new Place(actor.account(), name, true);
        }
        var rest = name.substring((shared ? MailStore.SHARED : MailStore.OTHER_USERS).length());
        int end = rest.indexOf('/', Math.max(0, rest.indexOf('@')));
        var address = end < 0 ? rest : rest.substring(0, end);
        var owner = directory.party(address).filter(party -> party.shared() == shared);
        var account = owner.map(Party::account).orElseThrow(Sharing::none);
        return new Place(account, end < 0 ? INBOX : rest.substring(end + 1), account.equals(actor.account()));
    }

    private static MailException none() {
        return new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
    }

    /** How others than its owner call a mailbox; empty where the owner is gone. */
    private Optional<String> name(AccountId owner, String name) {
        return directory
                .party(owner)
                .map(party -> (party.shared() ? MailStore.SHARED : MailStore.OTHER_USERS)
                        + party.address()
                        + (name.equals(INBOX) ? "" : "/" + name));
    }

    /** Mailboxes of others that the account may see. */
    List<MailboxInfo> ofOthers(Actor actor) throws MailException {
        var account = actor.account();
        var found = mailboxes.ofOthers(account, directory.groups(account));
        if (found.isEmpty()) {
            return List.of();
        }
        var subscribed = mailboxes.subscriptions(account);
        var infos = new ArrayList<MailboxInfo>(found.size());
        for (var one : found) {
            var info = one.info();
            name(one.owner(), info.name())
                    .ifPresent(name -> infos.add(info.seenBy(info.rights(), name, subscribed.contains(name))));
        }
        return infos;
    }

    // Rights

    Access access(Actor actor, long mailbox) throws MailException {
        var acl = views.acl(mailbox);
        var account = actor.account();
        return new Access(mailbox, acl.owner(), actor, rights(acl, account));
    }

    /** The way to a mailbox by its name; refused where it should not be known that there is one. */
    Access access(Actor actor, String name) throws MailException {
        var place = place(actor, name);
        long mailbox = mailboxes.id(place.owner(), place.name());
        return place.own() ? Access.own(mailbox, actor) : known(access(actor, mailbox));
    }

    /** RFC 4314 §6: who has no right at all is not told that the mailbox is there. */
    static Access known(Access access) throws MailException {
        if (!access.rights().tellItExists()) {
            throw none();
        }
        return access;
    }

    /** Of the mailbox in which another would be made. */
    Rights above(Actor actor, Place place) throws MailException {
        return place.own()
                ? Rights.ALL
                : access(actor, mailboxes.nearest(place.owner(), place.name())).rights();
    }

    private Rights rights(Acl acl, AccountId account) {
        return acl.owner().equals(account) ? Rights.ALL : acl.rights(account, groups(acl, account));
    }

    private Set<Long> groups(Acl acl, AccountId account) {
        boolean any = acl.entries().stream().anyMatch(entry -> entry.to().group() != null);
        return any ? directory.groups(account) : Set.of();
    }

    /** What all users may read about the server (RFC 5464 §3.2.1.1). */
    List<Annotation> ofServer() {
        return directory
                .homeDomain()
                .map(domain -> "mailto:postmaster@" + domain)
                .map(admin -> List.of(new Annotation("/shared/admin", admin.getBytes(StandardCharsets.UTF_8))))
                .orElse(List.of());
    }

    // Identifiers

    /** Who is named, and whether rights are taken from him. */
    record Identifier(Grantee grantee, boolean negative) {}

    Identifier identifier(String text) throws MailException {
        boolean negative = text.startsWith("-");
        var name = negative ? text.substring(1) : text;
        if (name.equalsIgnoreCase(ANYONE)) {
            return new Identifier(Grantee.ANYONE, negative);
        }
        var party = directory
                .party(name)
                .orElseThrow(() -> new MailException(
                        Reason.BAD_NAME, "An identifier is anyone, or the address of an account or a group of ours"));
        var account = party.account();
        var group = party.group();
        if (account != null) {
            return new Identifier(Grantee.of(account), negative);
        }
        return new Identifier(group == null ? Grantee.ANYONE : Grantee.of(group), negative);
    }

    /** The list as GETACL tells it: the owner first; whoever is gone from the directory is left out. */
    List<AclEntry> entries(long mailbox) throws MailException {
        var acl = views.acl(mailbox);
        var entries = new ArrayList<AclEntry>();
        directory
                .party(acl.owner())
                .filter(owner -> !owner.shared())
                .ifPresent(owner -> entries.add(new AclEntry(owner.address(), Rights.ALL)));
        for (var entry : acl.entries()) {
            text(entry.to())
                    .ifPresent(name -> entries.add(new AclEntry((entry.negative() ? "-" : "") + name, entry.rights())));
        }
        return entries;
    }

    private Optional<String> text(Grantee to) {
        var account = to.account();
        var group = to.group();
        if (account != null) {
            return directory.party(account).map(Party::address);
        }
        return group == null ? Optional.of(ANYONE) : directory.group(group);
    }
}
