package org.mailroom.connector.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Annotation;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxWatcher;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.ThreadRow;
import org.mailroom.contract.store.UidSet;

/** Mailboxes in maps, one lock around them all. An account is there, with its standard folders, as soon as it is named. */
public final class MemoryStore implements MailStore {
    private static final Map<String, String> STANDARD = new TreeMap<>(Map.of(
            "Sent", "\\Sent", "Drafts", "\\Drafts", "Junk", "\\Junk", "Trash", "\\Trash", "Archive", "\\Archive"));

    private static final class Account {
        final TreeMap<String, MemoryMailbox> mailboxes = new TreeMap<>();
        final TreeSet<String> subscriptions = new TreeSet<>();
        Long octetLimit;
        Long messageLimit;
    }

    private final Map<AccountId, Account> accounts = new HashMap<>();
    private final Map<Long, MemoryMailbox> mailboxes = new HashMap<>();
    private final Map<Long, MemoryMessage> messages = new HashMap<>();
    private final Map<Long, Set<MailboxWatcher>> watchers = new HashMap<>();
    private final Map<String, AccountId> addresses = new TreeMap<>();
    private final Map<AccountId, Set<String>> names = new HashMap<>();
    private final Set<String> known = new HashSet<>(Set.of("anyone"));
    private long lastId;

    // What tests do to it

    /** Puts a message into INBOX; line ends become CRLF. Returns its UID. */
    public synchronized long deliver(AccountId account, String message) {
        var octets = message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            var inbox = account(account).mailboxes.get("INBOX");
            var item = new MemoryMailbox.Item(keep(octets), Instant.parse("2026-02-07T21:52:25Z"));
            return changed(inbox, inbox.add(List.of(item), List.of(NO_FLAGS))).first();
        } catch (MailException e) {
            throw new AssertionError(e);
        }
    }

    private static final FlagChange NO_FLAGS = new FlagChange(FlagChange.Mode.REPLACE, 0, List.of());

    public synchronized void quota(AccountId account, Long octets, Long messageCount) {
        account(account).octetLimit = octets;
        account(account).messageLimit = messageCount;
    }

    /** Lets others name the account's mailboxes, by its address; {@code groups} have theirs. */
    public synchronized void name(AccountId account, String address, String... groups) {
        addresses.put(address, account);
        var all = new LinkedHashSet<>(List.of(address));
        all.addAll(List.of(groups));
        names.put(account, all);
        known.addAll(all);
    }

    /** Of how many watchers the store knows, so that a test sees them go. */
    public synchronized int watchers() {
        return watchers.values().stream().mapToInt(Set::size).sum();
    }

    // Mailboxes

    @Override
    public synchronized List<MailboxInfo> mailboxes(Actor actor) {
        var account = account(actor.account());
        var all = new ArrayList<MailboxInfo>(account.mailboxes.values().stream()
                .sorted(Comparator.comparing((MemoryMailbox m) -> !m.name.equals("INBOX"))
                        .thenComparing(m -> m.name))
                .map(m -> m.info(account.subscriptions.contains(m.name)))
                .toList());
        for (var owner : addresses.entrySet()) {
            var other = accounts.get(owner.getValue());
            for (var mailbox : other == null ? List.<MemoryMailbox>of() : other.mailboxes.values()) {
                var rights = rights(actor, mailbox);
                if (!owner.getValue().equals(actor.account()) && rights.has(Right.LOOKUP)) {
                    var name = OTHER_USERS + owner.getKey() + (mailbox.name.equals("INBOX") ? "" : "/" + mailbox.name);
                    all.add(mailbox.info(false).seenBy(rights, name, account.subscriptions.contains(name)));
                }
            }
        }
        return all;
    }

    // Rights

    private Rights rights(Actor actor, MemoryMailbox mailbox) {
        return mailbox.owner.equals(actor.account())
                ? Rights.ALL
                : mailbox.acl.rights(names.getOrDefault(actor.account(), Set.of()));
    }

    /** Refuses who has not this right. */
    private MemoryMailbox allowed(Actor actor, MemoryMailbox mailbox, Right right) throws MailException {
        rights(actor, mailbox).require(right);
        return mailbox;
    }

    private MemoryMailbox above(Actor actor, String name) throws MailException {
        int end = name.lastIndexOf('/');
        var above = end < 0 ? null : place(actor, name.substring(0, end));
        return above == null ? above(actor, name.substring(0, end)) : above;
    }

    private AccountId owner(Actor actor, String name) throws MailException {
        if (!name.startsWith(OTHER_USERS)) {
            return actor.account();
        }
        var owner = addresses.get(name.substring(OTHER_USERS.length()).split("/", 2)[0]);
        if (owner == null) {
            throw new MailException(Reason.NO_SUCH_MAILBOX, "There is no such mailbox");
        }
        return owner;
    }

    /** As its owner knows it. */
    private static String local(String name) {
        var parts = name.split("/", 3);
        return !name.startsWith(OTHER_USERS) ? name : parts.length < 3 ? "INBOX" : parts[2];
    }

    private MemoryMailbox place(Actor actor, String name) throws MailException {
        return account(owner(actor, name)).mailboxes.get(local(name));
    }

    @Override
    public synchronized List<AclEntry> acl(Actor actor, String name) throws MailException {
        var mailbox = allowed(actor, find(actor, name), Right.ADMINISTER);
        var list = new ArrayList<AclEntry>();
        list.add(new AclEntry(names.get(mailbox.owner).iterator().next(), Rights.ALL));
        mailbox.acl.entries.forEach((identifier, rights) -> list.add(new AclEntry(identifier, rights)));
        return list;
    }

    @Override
    public synchronized void changeRights(Actor actor, String name, String identifier, RightsChange change)
            throws MailException {
        var mailbox = allowed(actor, find(actor, name), Right.ADMINISTER);
        if (!certainRights(actor, name, identifier).isEmpty()) {
            throw new MailException(Reason.BAD_NAME, "The owner of a mailbox keeps all rights");
        }
        mailbox.acl.change(identifier, change);
        tell(mailbox.id);
    }

    @Override
    public synchronized Rights certainRights(Actor actor, String name, String identifier) throws MailException {
        var mailbox = allowed(actor, find(actor, name), Right.ADMINISTER);
        if (!known.contains(identifier.startsWith("-") ? identifier.substring(1) : identifier)) {
            throw new MailException(Reason.BAD_NAME, "Nobody has that name");
        }
        return mailbox.owner.equals(addresses.get(identifier)) ? Rights.ALL : Rights.NONE;
    }

    @Override
    public synchronized MailboxInfo mailbox(Actor actor, String name) throws MailException {
        var mailbox = find(actor, name);
        var info = mailbox.info(account(actor.account()).subscriptions.contains(name));
        return mailbox.owner.equals(actor.account())
                ? info
                : info.seenBy(rights(actor, mailbox), name, info.subscribed());
    }

    @Override
    public synchronized MailboxInfo create(Actor actor, String fullName, String specialUse) throws MailException {
        checkName(fullName);
        var owner = owner(actor, fullName);
        var account = account(owner);
        var name = local(fullName);
        boolean own = owner.equals(actor.account());
        var above = own ? null : allowed(actor, above(actor, fullName), Right.CREATE);
        if (account.mailboxes.containsKey(name)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "There is a mailbox of that name");
        }
        makeAbove(owner, name);
        var made = make(owner, name, specialUse);
        if (above != null) {
            made.acl.entries.putAll(above.acl.entries);
        }
        tellNames(actor);
        return made.info(account.subscriptions.contains(name));
    }

    @Override
    public synchronized void delete(Actor actor, String name) throws MailException {
        if (name.equals("INBOX")) {
            throw new MailException(Reason.BAD_NAME, "INBOX cannot be deleted");
        }
        var mailbox = allowed(actor, find(actor, name), Right.DELETE);
        account(mailbox.owner).mailboxes.remove(mailbox.name);
        mailboxes.remove(mailbox.id);
        tell(mailbox.id);
        tellNames(actor);
    }

    @Override
    public synchronized void rename(Actor actor, String fullFrom, String fullTo) throws MailException {
        checkName(fullTo);
        var mailbox = allowed(actor, find(actor, fullFrom), Right.DELETE);
        if (!mailbox.owner.equals(owner(actor, fullTo))) {
            throw new MailException(Reason.BAD_NAME, "A mailbox stays with its owner");
        }
        var account = account(mailbox.owner);
        if (!mailbox.owner.equals(actor.account())) {
            allowed(actor, above(actor, fullTo), Right.CREATE);
        }
        var from = local(fullFrom);
        var to = local(fullTo);
        if (account.mailboxes.containsKey(to)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "There is a mailbox of that name");
        }
        if (to.startsWith(from + "/")) {
            throw new MailException(Reason.BAD_NAME, "A mailbox cannot be put below itself");
        }
        makeAbove(mailbox.owner, to);
        if (from.equals("INBOX")) {
            make(actor.account(), to, null);
            copy(actor, mailbox.id, mailbox.view.uids(), to, true, 0);
            tellNames(actor);
            return;
        }
        for (var name : List.copyOf(account.mailboxes.keySet())) {
            if (name.equals(from) || name.startsWith(from + "/")) {
                var moved = account.mailboxes.remove(name);
                moved.name = to + name.substring(from.length());
                account.mailboxes.put(moved.name, moved);
            }
        }
        tellNames(actor);
    }

    @Override
    public synchronized Set<String> subscriptions(Actor actor) {
        return Set.copyOf(account(actor.account()).subscriptions);
    }

    @Override
    public synchronized void subscribe(Actor actor, String name, boolean subscribed) throws MailException {
        if (subscribed) {
            checkName(name);
            account(actor.account()).subscriptions.add(name);
        } else {
            account(actor.account()).subscriptions.remove(name);
        }
        tellNames(actor);
    }

    // Annotations, by whose they are, of which mailbox, and by name

    private final Map<String, TreeMap<String, Annotation>> annotations = new HashMap<>();

    private TreeMap<String, Annotation> annotations(AccountId account, String mailbox) {
        return annotations.computeIfAbsent(account.value() + " " + mailbox, key -> new TreeMap<>());
    }

    @Override
    public synchronized List<Annotation> annotations(Actor actor, String name, List<String> entries)
            throws MailException {
        var mailbox = name.isEmpty() ? "" : String.valueOf(allowed(actor, find(actor, name), Right.LOOKUP).id);
        var owner = name.isEmpty() ? actor.account() : find(actor, name).owner;
        var all = new ArrayList<>(annotations(actor.account(), mailbox).values().stream()
                .filter(one -> !one.isShared())
                .toList());
        all.addAll(annotations(owner, mailbox).values().stream()
                .filter(Annotation::isShared)
                .toList());
        return all.stream()
                .filter(one -> entries.stream()
                        .anyMatch(name1 ->
                                one.entry().equals(name1) || one.entry().startsWith(name1 + "/")))
                .toList();
    }

    @Override
    public synchronized List<Annotated> annotated(Actor actor) {
        var found = new ArrayList<Annotated>();
        annotations.forEach((place, entries) -> {
            var words = place.split(" ", -1);
            var mailbox = words[1].isEmpty() ? null : mailboxes.get(Long.valueOf(words[1]));
            boolean own = words[0].equals(String.valueOf(actor.account().value()));
            boolean readable = mailbox != null && rights(actor, mailbox).has(Right.READ);
            entries.values().stream()
                    .filter(one -> one.value() != null && (own || readable && one.isShared()))
                    .forEach(one -> found.add(new Annotated(
                            mailbox == null ? Annotated.OF_SERVER : mailbox.id,
                            one.entry(),
                            String.valueOf(Arrays.hashCode(one.value())))));
        });
        return found;
    }

    @Override
    public synchronized void annotate(Actor actor, String name, List<Annotation> changes) throws MailException {
        var mailbox = name.isEmpty() ? "" : String.valueOf(allowed(actor, find(actor, name), Right.LOOKUP).id);
        var owner = name.isEmpty() ? actor.account() : find(actor, name).owner;
        for (var change : changes) {
            if (change.isShared() && name.isEmpty()) {
                throw new MailException(Reason.NOT_PERMITTED, "Not by users");
            }
            var there = annotations(change.isShared() ? owner : actor.account(), mailbox);
            if (there.size() >= 20 && change.value() != null) {
                throw new MailException(Reason.LIMIT, "As many annotations as there can be");
            }
            there.put(change.entry(), change);
            if (change.isShared()) {
                tell(-owner.value());
                tell(Long.parseLong(mailbox));
            }
        }
        tellNames(actor);
    }

    // The view

    @Override
    public synchronized Opened open(Actor actor, String name, boolean claimRecent) throws MailException {
        var mailbox = allowed(actor, find(actor, name), Right.READ);
        var view = view(actor, mailbox.id);
        long firstRecent = claimRecent ? claimRecent(actor, mailbox.id, view.uidNext()) : mailbox.firstRecent;
        return new Opened(view, mailbox.specialUse, firstRecent);
    }

    @Override
    public synchronized long claimRecent(Actor actor, long id, long uidNext) throws MailException {
        var mailbox = allowed(actor, find(id), Right.READ);
        long first = Math.min(mailbox.firstRecent, uidNext);
        mailbox.firstRecent = Math.max(mailbox.firstRecent, uidNext);
        return first;
    }

    @Override
    public synchronized MailboxView view(Actor actor, long id) throws MailException {
        var mailbox = allowed(actor, find(id), Right.READ);
        return mailbox.owner.equals(actor.account())
                ? mailbox.view
                : mailbox.viewOf(actor.account(), rights(actor, mailbox));
    }

    // Messages

    @Override
    public synchronized List<MessageRow> rows(
            Actor actor, long mailbox, UidSet uids, Set<MessageColumn> columns, int budget) throws MailException {
        var rows = new ArrayList<MessageRow>();
        long weight = 0;
        for (var entry : allowed(actor, find(mailbox), Right.READ).items.entrySet()) {
            if (uids.contains(entry.getKey()) && rows.size() < PAGE && weight < budget) {
                var row = row(entry.getKey(), entry.getValue(), columns);
                weight += row.octets() == null ? 500 : row.octets().length;
                rows.add(row);
            }
        }
        return rows;
    }

    private static MessageRow row(long uid, MemoryMailbox.Item item, Set<MessageColumn> columns) {
        var message = item.message();
        var header = message.header();
        return new MessageRow(
                uid,
                message.id,
                message.octets.length,
                columns.contains(MessageColumn.INTERNAL_DATE) ? item.internalDate() : null,
                columns.contains(MessageColumn.SAVED) ? item.saved() : null,
                columns.contains(MessageColumn.THREAD) ? message.thread() : null,
                columns.contains(MessageColumn.PREVIEW) ? message.preview() : null,
                columns.contains(MessageColumn.ENVELOPE) ? message.envelope() : null,
                columns.contains(MessageColumn.STRUCTURE) ? message.structure() : null,
                columns.contains(MessageColumn.PARTS) ? message.parts() : null,
                columns.contains(MessageColumn.HEADER) ? Arrays.copyOf(header, Math.min(header.length, CHUNK)) : null,
                columns.contains(MessageColumn.OCTETS) ? first(message.octets) : null);
    }

    private static byte[] first(byte[] octets) {
        return Arrays.copyOf(octets, Math.min(octets.length, CHUNK));
    }

    @Override
    public synchronized byte[] octets(long message, long offset, int length) throws MailException {
        var octets = messages.get(message).octets;
        int from = (int) Math.min(offset, octets.length);
        return Arrays.copyOfRange(octets, from, Math.min(octets.length, from + Math.min(length, CHUNK)));
    }

    @Override
    public synchronized UidSet search(Actor actor, long mailbox, SearchKey key) throws MailException {
        return new MemorySearch(find(mailbox), view(actor, mailbox)).find(key);
    }

    @Override
    public synchronized long[] sort(Actor actor, long mailbox, UidSet uids, List<SortKey> order) throws MailException {
        return MemorySort.sort(find(mailbox), uids, order);
    }

    @Override
    public synchronized List<ThreadRow> threadRows(Actor actor, long mailbox, UidSet uids) throws MailException {
        return MemorySort.threadRows(find(mailbox), uids);
    }

    @Override
    public synchronized UidSet expungedSince(Actor actor, long mailbox, long modseq) throws MailException {
        return UidSet.of(find(mailbox).expunged.entrySet().stream()
                .filter(gone -> gone.getValue() > modseq)
                .mapToLong(Map.Entry::getKey)
                .toArray());
    }

    @Override
    public synchronized Stored store(Actor actor, long mailbox, UidSet uids, FlagChange change, long unchangedSince)
            throws MailException {
        var box = find(mailbox);
        boolean own = box.owner.equals(actor.account());
        var rights = rights(actor, box);
        var left = rights.allowed(change);
        if (left.system() == 0
                && left.keywords().isEmpty()
                && change.system() + change.keywords().size() > 0) {
            throw new MailException(Reason.NOT_PERMITTED, "These flags are not yours to change");
        }
        var modified = new UidSet.Builder();
        for (int sequence = 1; sequence <= box.view.size(); sequence++) {
            var entry = box.view.entry(sequence);
            if (entry.modseq() > unchangedSince && uids.contains(entry.uid())) {
                modified.add(entry.uid());
            }
        }
        var which = uids.minus(modified.build());
        var changed = changed(
                box, own ? box.change(which, change) : box.changeByOther(actor.account(), rights, which, change));
        return new Stored(view(actor, mailbox), changed, modified.build());
    }

    @Override
    public synchronized Copied copy(Actor actor, long mailbox, UidSet uids, String target, boolean move, long least)
            throws MailException {
        var from = allowed(actor, find(mailbox), Right.READ);
        var to = allowed(actor, find(actor, target), Right.INSERT);
        if (move) {
            allowed(actor, from, Right.DELETE_MESSAGES);
            allowed(actor, from, Right.EXPUNGE);
        }
        var theirs = view(actor, mailbox);
        var which = from.view.uids().and(uids);
        if (which.size() < least) {
            throw new MailException(Reason.EXPUNGED, "Some of these messages are gone");
        }
        var items = new ArrayList<MemoryMailbox.Item>();
        var flags = new ArrayList<FlagChange>();
        long octets = 0;
        for (long uid : which.stream().toArray()) {
            items.add(from.items.get(uid));
            flags.add(rights(actor, to).allowed(MemoryMailbox.flags(theirs, uid)));
            octets += from.items.get(uid).message().octets.length;
        }
        if (!move) {
            checkQuota(to.owner, octets, items.size());
        }
        var added = items.isEmpty() ? UidSet.EMPTY : changed(to, add(actor, to, items, flags));
        if (move) {
            changed(from, from.expunge(which, false));
        }
        return new Copied(to.view.uidValidity(), which, added);
    }

    @Override
    public synchronized UidSet expunge(Actor actor, long mailbox, UidSet uids, boolean onlyDeleted)
            throws MailException {
        var box = allowed(actor, find(mailbox), Right.EXPUNGE);
        return changed(box, box.expunge(uids, onlyDeleted));
    }

    @Override
    public synchronized Appended append(Actor actor, String name, List<NewMessage> added) throws MailException {
        var mailbox = allowed(actor, find(actor, name), Right.INSERT);
        var items = new ArrayList<MemoryMailbox.Item>();
        checkQuota(
                mailbox.owner, added.stream().mapToLong(m -> m.content().size()).sum(), added.size());
        for (var message : added) {
            try (var in = message.content().open()) {
                var date = message.internalDate() == null ? Instant.now() : message.internalDate();
                items.add(new MemoryMailbox.Item(keep(in.readAllBytes()), date));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var rights = rights(actor, mailbox);
        var flags =
                added.stream().map(message -> rights.allowed(message.flags())).toList();
        var uids = add(actor, mailbox, items, flags);
        return new Appended(mailbox.view.uidValidity(), changed(mailbox, uids));
    }

    /** Adds messages; \Seen of one who is not the owner is kept apart. */
    private static UidSet add(Actor actor, MemoryMailbox to, List<MemoryMailbox.Item> items, List<FlagChange> flags)
            throws MailException {
        if (to.owner.equals(actor.account())) {
            return to.add(items, flags);
        }
        var shared = flags.stream()
                .map(f -> new FlagChange(f.mode(), f.system() & ~Flags.SEEN, f.keywords()))
                .toList();
        var uids = to.add(items, shared);
        var seen = new UidSet.Builder();
        for (int i = 0; i < flags.size(); i++) {
            if ((flags.get(i).system() & Flags.SEEN) != 0) {
                seen.add(uids.first() + i);
            }
        }
        to.seen.merge(actor.account(), seen.build(), UidSet::or);
        to.views.remove(actor.account());
        return uids;
    }

    @Override
    public synchronized Quota quota(Actor actor, String name) throws MailException {
        return quota(allowed(actor, find(actor, name), Right.READ).owner);
    }

    @Override
    public synchronized Appended replace(Actor actor, long mailbox, long uid, String name, NewMessage message)
            throws MailException {
        var appended = append(actor, name, List.of(message));
        expunge(actor, mailbox, UidSet.of(uid), false);
        return appended;
    }

    @Override
    public synchronized Quota quota(Actor actor) {
        return quota(actor.account());
    }

    private Quota quota(AccountId owner) {
        var account = account(owner);
        return new Quota(octets(account), account.octetLimit, messageCount(account), account.messageLimit);
    }

    // Watching

    @Override
    public synchronized void watch(long mailbox, MailboxWatcher watcher) {
        watchers.computeIfAbsent(mailbox, m -> new CopyOnWriteArraySet<>()).add(watcher);
    }

    @Override
    public synchronized void unwatch(long mailbox, MailboxWatcher watcher) {
        watchers.getOrDefault(mailbox, Set.of()).remove(watcher);
    }

    // Under the hood

    private Account account(AccountId id) {
        var known = accounts.get(id);
        if (known != null) {
            return known;
        }
        var account = new Account();
        accounts.put(id, account);
        make(id, "INBOX", null);
        STANDARD.forEach((name, use) -> make(id, name, use));
        account.subscriptions.addAll(account.mailboxes.keySet());
        return account;
    }

    private MemoryMailbox make(AccountId owner, String name, String use) {
        var mailbox = new MemoryMailbox(++lastId, owner, name, use);
        mailboxes.put(mailbox.id, mailbox);
        account(owner).mailboxes.put(name, mailbox);
        return mailbox;
    }

    private void makeAbove(AccountId owner, String name) {
        for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
            if (!account(owner).mailboxes.containsKey(name.substring(0, at))) {
                make(owner, name.substring(0, at), null);
            }
        }
    }

    private static void checkName(String name) throws MailException {
        if (name.isEmpty()
                || name.length() > 200
                || name.startsWith("/")
                || name.endsWith("/")
                || name.contains("//")) {
            throw new MailException(Reason.BAD_NAME, "That is no name for a mailbox");
        }
    }

    private MemoryMailbox find(Actor actor, String name) throws MailException {
        var mailbox = exists(place(actor, name));
        return exists(rights(actor, mailbox).tellItExists() ? mailbox : null);
    }

    private MemoryMailbox find(long id) throws MailException {
        return exists(mailboxes.get(id));
    }

    private static MemoryMailbox exists(MemoryMailbox mailbox) throws MailException {
        if (mailbox == null) {
            throw new MailException(Reason.NO_SUCH_MAILBOX, "There is no such mailbox");
        }
        return mailbox;
    }

    private MemoryMessage keep(byte[] octets) {
        var message = new MemoryMessage(++lastId, octets);
        messages.put(message.id, message);
        return message;
    }

    private void checkQuota(AccountId id, long octets, long count) throws MailException {
        var account = account(id);
        if (account.octetLimit != null && octets(account) + octets > account.octetLimit
                || account.messageLimit != null && messageCount(account) + count > account.messageLimit) {
            throw new MailException(Reason.OVER_QUOTA, "The account holds as much as it may");
        }
    }

    private static long octets(Account account) {
        return account.mailboxes.values().stream()
                .mapToLong(MemoryMailbox::octets)
                .sum();
    }

    private static long messageCount(Account account) {
        return account.mailboxes.values().stream()
                .mapToLong(m -> m.items.size())
                .sum();
    }

    private UidSet changed(MemoryMailbox mailbox, UidSet uids) {
        if (!uids.isEmpty()) {
            tell(mailbox.id);
        }
        return uids;
    }

    @Override
    public synchronized void watchNames(Actor actor, MailboxWatcher watcher) {
        watch(-actor.account().value(), watcher);
    }

    @Override
    public synchronized void unwatchNames(Actor actor, MailboxWatcher watcher) {
        unwatch(-actor.account().value(), watcher);
    }

    private void tellNames(Actor actor) {
        tell(-actor.account().value());
    }

    private void tell(long mailbox) {
        watchers.getOrDefault(mailbox, Set.of()).forEach(w -> w.changed(mailbox));
    }
}
