package org.mailroom.connector.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxView.Entry;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.UidSet;

/** One mailbox; guarded by its store. */
final class MemoryMailbox {
    record Item(MemoryMessage message, Instant internalDate, Instant saved) {
        Item(MemoryMessage message, Instant internalDate) {
            this(message, internalDate, Instant.now());
        }
    }

    final long id;
    final AccountId owner;
    final String specialUse;
    final TreeMap<Long, Item> items = new TreeMap<>();
    String name;
    MailboxView view;
    long firstRecent = 1;
    final MemoryAcl acl = new MemoryAcl();

    /** What others than the owner have seen. */
    final Map<AccountId, UidSet> seen = new HashMap<>();

    /** As others saw it last: the same object while nothing changed. */
    final Map<AccountId, MailboxView> views = new HashMap<>();

    /** UID and the mod-sequence at which it went. */
    final TreeMap<Long, Long> expunged = new TreeMap<>();

    MemoryMailbox(long id, AccountId owner, String name, String specialUse) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.specialUse = specialUse;
        this.view = MailboxView.empty(id, 1000 + id);
    }

    MailboxInfo info(boolean subscribed) {
        long recent = view.size() - view.atOrAbove(firstRecent) + 1;
        return new MailboxInfo(
                id,
                name,
                specialUse,
                subscribed,
                view.uidValidity(),
                view.uidNext(),
                view.modseq(),
                view.size(),
                view.count(Flags.SEEN, 0),
                recent,
                octets(),
                Rights.ALL);
    }

    /** As another than the owner sees it. */
    MailboxView viewOf(AccountId account, Rights rights) {
        var now = view.of(rights, seen.getOrDefault(account, UidSet.EMPTY));
        var before = views.get(account);
        if (before != null && before.modseq() == now.modseq() && before.rights().equals(rights)) {
            return before;
        }
        views.put(account, now);
        return now;
    }

    /** STORE of one who is not the owner: what he has seen is kept apart. */
    UidSet changeByOther(AccountId account, Rights rights, UidSet uids, FlagChange wish) throws MailException {
        var change = rights.allowed(wish);
        var before = viewOf(account, rights);
        boolean seenToo = (change.mode() == FlagChange.Mode.REPLACE ? rights.flags() : change.system()) % 2 == 1;
        boolean now = change.mode() != FlagChange.Mode.REMOVE && change.system() % 2 == 1;
        var known = seen.getOrDefault(account, UidSet.EMPTY);
        var touched = seenToo ? before.select(Flags.SEEN, now ? 0 : Flags.SEEN).and(uids) : UidSet.EMPTY;
        if (!touched.isEmpty()) {
            seen.put(account, now ? known.or(touched) : known.minus(touched));
        }
        var shared = new FlagChange(change.mode(), change.system() & ~Flags.SEEN, change.keywords());
        return touched.or(change(uids, shared, touched, ~rights.flags() | Flags.SEEN));
    }

    long octets() {
        return items.values().stream().mapToLong(i -> i.message().octets.length).sum();
    }

    /** Adds messages with flags, which may make keywords. */
    UidSet add(List<Item> messages, List<FlagChange> flags) throws MailException {
        var keywords = new ArrayList<>(view.keywords());
        var entries = new ArrayList<Entry>();
        var uids = new UidSet.Builder();
        long uid = view.uidNext();
        for (int i = 0; i < messages.size(); i++, uid++) {
            long bits = bits(flags.get(i), keywords);
            entries.add(new Entry(uid, bits, view.modseq() + 1, messages.get(i).message().octets.length));
            items.put(uid, messages.get(i));
            uids.add(uid);
        }
        view = view.with(entries, UidSet.EMPTY, uid, view.modseq() + 1, keywords);
        return uids.build();
    }

    UidSet change(UidSet uids, FlagChange change) throws MailException {
        return change(uids, change, UidSet.EMPTY, 0);
    }

    /**
     * @param touched messages that get a new mod-sequence in any case
     * @param fixed flags that stay
     */
    private UidSet change(UidSet uids, FlagChange change, UidSet touched, long fixed) throws MailException {
        var keywords = new ArrayList<>(view.keywords());
        long bits = bits(change, keywords);
        var entries = new ArrayList<Entry>();
        var changed = new UidSet.Builder();
        for (int sequence = 1; sequence <= view.size(); sequence++) {
            var old = view.entry(sequence);
            long flags = switch (change.mode()) {
                case REPLACE -> bits | old.flags() & fixed;
                case ADD -> old.flags() | bits;
                case REMOVE -> old.flags() & ~bits;
            };
            if (touched.contains(old.uid()) || uids.contains(old.uid()) && flags != old.flags()) {
                entries.add(new Entry(old.uid(), flags, view.modseq() + 1, old.size()));
                changed.add(old.uid());
            }
        }
        if (!entries.isEmpty()) {
            view = view.with(entries, UidSet.EMPTY, view.uidNext(), view.modseq() + 1, keywords);
        }
        return changed.build();
    }

    UidSet expunge(UidSet uids, boolean onlyDeleted) {
        var candidates = onlyDeleted ? view.select(Flags.DELETED, Flags.DELETED) : view.uids();
        var gone = candidates.and(uids);
        if (!gone.isEmpty()) {
            gone.stream().forEach(items::remove);
            gone.stream().forEach(uid -> expunged.put(uid, view.modseq() + 1));
            view = view.with(List.of(), gone, view.uidNext(), view.modseq() + 1, view.keywords());
        }
        return gone;
    }

    /** The flags of a message as one sees them. */
    static FlagChange flags(MailboxView view, long uid) {
        long bits = view.flags(view.sequence(uid));
        var keywords = new ArrayList<String>();
        for (int i = 0; i < view.keywords().size(); i++) {
            if ((bits & Flags.keyword(i)) != 0) {
                keywords.add(view.keywords().get(i));
            }
        }
        return new FlagChange(FlagChange.Mode.REPLACE, bits & (1L << Flags.FIRST_KEYWORD) - 1, keywords);
    }

    private static long bits(FlagChange change, List<String> keywords) throws MailException {
        long bits = change.system();
        for (var keyword : change.keywords()) {
            int index = indexOf(keywords, keyword);
            if (index < 0 && change.mode() != FlagChange.Mode.REMOVE) {
                if (keywords.size() == Flags.MOST_KEYWORDS) {
                    throw new MailException(Reason.LIMIT, "The mailbox has as many keywords as it can have");
                }
                keywords.add(keyword);
                index = keywords.size() - 1;
            }
            bits |= index < 0 ? 0 : Flags.keyword(index);
        }
        return bits;
    }

    private static int indexOf(List<String> keywords, String keyword) {
        for (int i = 0; i < keywords.size(); i++) {
            if (keywords.get(i).equalsIgnoreCase(keyword)) {
                return i;
            }
        }
        return -1;
    }
}
