package org.mailroom.connector.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxWatcher;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
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

    /** Of how many watchers the store knows, so that a test sees them go. */
    public synchronized int watchers() {
        return watchers.values().stream().mapToInt(Set::size).sum();
    }

    // Mailboxes

    @Override
    public synchronized List<MailboxInfo> mailboxes(Actor actor) {
        var account = account(actor.account());
        return account.mailboxes.values().stream()
                .sorted(Comparator.comparing((MemoryMailbox m) -> !m.name.equals("INBOX"))
                        .thenComparing(m -> m.name))
                .map(m -> m.info(account.subscriptions.contains(m.name)))
                .toList();
    }

    @Override
    public synchronized MailboxInfo mailbox(Actor actor, String name) throws MailException {
        return find(actor, name).info(account(actor.account()).subscriptions.contains(name));
    }

    @Override
    public synchronized MailboxInfo create(Actor actor, String name, String specialUse) throws MailException {
        checkName(name);
        var account = account(actor.account());
        if (account.mailboxes.containsKey(name)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "There is a mailbox of that name");
        }
        makeAbove(actor.account(), name);
        var made = make(actor.account(), name, specialUse).info(account.subscriptions.contains(name));
        tellNames(actor);
        return made;
    }

    @Override
    public synchronized void delete(Actor actor, String name) throws MailException {
        if (name.equals("INBOX")) {
            throw new MailException(Reason.BAD_NAME, "INBOX cannot be deleted");
        }
        var mailbox = find(actor, name);
        account(actor.account()).mailboxes.remove(name);
        mailboxes.remove(mailbox.id);
        tell(mailbox.id);
        tellNames(actor);
    }

    @Override
    public synchronized void rename(Actor actor, String from, String to) throws MailException {
        checkName(to);
        var account = account(actor.account());
        var mailbox = find(actor, from);
        if (account.mailboxes.containsKey(to)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "There is a mailbox of that name");
        }
        if (to.startsWith(from + "/")) {
            throw new MailException(Reason.BAD_NAME, "A mailbox cannot be put below itself");
        }
        makeAbove(actor.account(), to);
        if (from.equals("INBOX")) {
            make(actor.account(), to, null);
            copy(actor, mailbox.id, mailbox.view.uids(), to, true);
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

    // The view

    @Override
    public synchronized Opened open(Actor actor, String name, boolean claimRecent) throws MailException {
        var mailbox = find(actor, name);
        var opened = new Opened(mailbox.view, mailbox.specialUse, mailbox.firstRecent);
        if (claimRecent) {
            mailbox.firstRecent = mailbox.view.uidNext();
        }
        return opened;
    }

    @Override
    public synchronized MailboxView view(long mailbox) throws MailException {
        return find(mailbox).view;
    }

    // Messages

    @Override
    public synchronized List<MessageRow> rows(long mailbox, UidSet uids, Set<MessageColumn> columns, int budget)
            throws MailException {
        var rows = new ArrayList<MessageRow>();
        long weight = 0;
        for (var entry : find(mailbox).items.entrySet()) {
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
        return new MemorySearch(find(mailbox)).find(key);
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
        var modified = new UidSet.Builder();
        for (int sequence = 1; sequence <= box.view.size(); sequence++) {
            var entry = box.view.entry(sequence);
            if (entry.modseq() > unchangedSince && uids.contains(entry.uid())) {
                modified.add(entry.uid());
            }
        }
        var changed = changed(box, box.change(uids.minus(modified.build()), change));
        return new Stored(box.view, changed, modified.build());
    }

    @Override
    public synchronized Copied copy(Actor actor, long mailbox, UidSet uids, String target, boolean move)
            throws MailException {
        var from = find(mailbox);
        var to = find(actor, target);
        var which = from.view.uids().and(uids);
        var items = new ArrayList<MemoryMailbox.Item>();
        var flags = new ArrayList<FlagChange>();
        long octets = 0;
        for (long uid : which.stream().toArray()) {
            items.add(from.items.get(uid));
            flags.add(from.flags(uid));
            octets += from.items.get(uid).message().octets.length;
        }
        if (!move) {
            checkQuota(to.owner, octets, items.size());
        }
        var added = items.isEmpty() ? UidSet.EMPTY : changed(to, to.add(items, flags));
        if (move) {
            changed(from, from.expunge(which, false));
        }
        return new Copied(to.view.uidValidity(), which, added);
    }

    @Override
    public synchronized UidSet expunge(Actor actor, long mailbox, UidSet uids, boolean onlyDeleted)
            throws MailException {
        var box = find(mailbox);
        return changed(box, box.expunge(uids, onlyDeleted));
    }

    @Override
    public synchronized Appended append(Actor actor, String name, List<NewMessage> added) throws MailException {
        var mailbox = find(actor, name);
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
        var uids = mailbox.add(items, added.stream().map(NewMessage::flags).toList());
        return new Appended(mailbox.view.uidValidity(), changed(mailbox, uids));
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
        var account = account(actor.account());
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
        return exists(account(actor.account()).mailboxes.get(name));
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
