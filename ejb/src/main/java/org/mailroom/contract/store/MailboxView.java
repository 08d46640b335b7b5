package org.mailroom.contract.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All messages of a mailbox at one mod-sequence, in primitive arrays: 24 octets each. Immutable, so one view is shared by
 * every session of a node, and a session that keeps the view it was told knows what its sequence numbers mean. A change makes
 * a new view that shares the untouched pages with the old one: changing one flag among 100,000 messages copies one page, and
 * comparing two views looks only at pages that differ.
 *
 * <p>Who looks at another's mailbox has rights in it and has seen other messages than its owner. His view shares all pages and
 * has beside them only the set of what he has seen, which stands for \Seen.
 */
public final class MailboxView {
    private static final int PAGE_SIZE = 256;

    private final long mailbox;
    private final long uidValidity;
    private final long uidNext;
    private final long modseq;
    private final List<String> keywords;
    private final Page[] pages;
    private final Rights rights;

    /** What the one who looks has seen; null: what the flags say. */
    private final @Nullable UidSet seen;

    /** How many messages lie before each page, and at the end how many there are. */
    private final int[] before;

    MailboxView(
            long mailbox,
            long uidValidity,
            long uidNext,
            long modseq,
            List<String> keywords,
            List<Page> pages,
            Rights rights,
            @Nullable UidSet seen) {
        this.rights = rights;
        this.seen = seen;
        this.mailbox = mailbox;
        this.uidValidity = uidValidity;
        this.uidNext = uidNext;
        this.modseq = modseq;
        this.keywords = List.copyOf(keywords);
        this.pages = pages.toArray(Page[]::new);
        this.before = new int[this.pages.length + 1];
        for (int i = 0; i < this.pages.length; i++) {
            before[i + 1] = before[i] + this.pages[i].size();
        }
    }

    private MailboxView(MailboxView owners, Rights rights, @Nullable UidSet seen) {
        this.mailbox = owners.mailbox;
        this.uidValidity = owners.uidValidity;
        this.uidNext = owners.uidNext;
        this.modseq = owners.modseq;
        this.keywords = owners.keywords;
        this.pages = owners.pages;
        this.before = owners.before;
        this.rights = rights;
        this.seen = seen;
    }

    /** A mailbox without messages. */
    public static MailboxView empty(long mailbox, long uidValidity) {
        return new MailboxView(mailbox, uidValidity, 1, 1, List.of(), List.of(), Rights.ALL, null);
    }

    /** The same with other rights. */
    public MailboxView of(Rights newRights) {
        return newRights.equals(rights) ? this : new MailboxView(this, newRights, seen);
    }

    /** As another than the owner sees it. */
    public MailboxView of(Rights newRights, UidSet newSeen) {
        return new MailboxView(this, newRights, newSeen);
    }

    /**
     * One message.
     *
     * @param uid unsigned 32 bits
     * @param flags see {@link Flags}
     * @param size octets
     */
    public record Entry(long uid, long flags, long modseq, long size) {}

    public long mailbox() {
        return mailbox;
    }

    public long uidValidity() {
        return uidValidity;
    }

    public long uidNext() {
        return uidNext;
    }

    /** The highest mod-sequence of the mailbox (RFC 7162 §3.1.2.1). */
    public long modseq() {
        return modseq;
    }

    /** Keywords of the mailbox by index; see {@link Flags#keyword}. */
    public List<String> keywords() {
        return keywords;
    }

    /** What the one who looks may do. */
    public Rights rights() {
        return rights;
    }

    /** Whether \Seen is that of the one who looks, and not the owner's. */
    public boolean hasSeenOfItsOwn() {
        return seen != null;
    }

    /** Not to be changed. */
    Page[] pages() {
        return pages;
    }

    /** How many messages (EXISTS). */
    public int size() {
        return before[pages.length];
    }

    /** The message with this sequence number, which counts from 1. */
    public Entry entry(int sequence) {
        int page = pageOf(sequence);
        var entry = pages[page].entry(sequence - 1 - before[page]);
        return seen == null ? entry : new Entry(entry.uid(), flags(sequence), entry.modseq(), entry.size());
    }

    public long uid(int sequence) {
        int page = pageOf(sequence);
        return Integer.toUnsignedLong(pages[page].uids[sequence - 1 - before[page]]);
    }

    public long flags(int sequence) {
        int page = pageOf(sequence);
        long flags = pages[page].flags[sequence - 1 - before[page]];
        return seen == null ? flags : seen(flags, uid(sequence));
    }

    /** The flags with the \Seen of the one who looks. */
    private long seen(long flags, long uid) {
        return flags & ~Flags.SEEN | (seen != null && seen.contains(uid) ? Flags.SEEN : 0);
    }

    /** The sequence number of a UID, or 0 where there is no such message. */
    public int sequence(long uid) {
        int at = atOrAbove(uid);
        return at <= size() && uid(at) == uid ? at : 0;
    }

    /** The lowest sequence number whose UID is this or more; one past the end where there is none. */
    public int atOrAbove(long uid) {
        int low = 1;
        int high = size() + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (uid(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The UIDs of all messages. */
    public UidSet uids() {
        return between(1, size());
    }

    /** Those of these UIDs that are here; takes time by the ranges named and the pages in them, not by the mailbox. */
    public UidSet known(UidSet uids) {
        var known = new UidSet.Builder();
        for (int range = 0; range < uids.ranges(); range++) {
            long last = uids.last(range);
            between(atOrAbove(uids.first(range)), last >= uidNext ? size() : atOrAbove(last + 1) - 1, known);
        }
        return known.build();
    }

    /** The UIDs of the messages from one sequence number to another. */
    private UidSet between(int first, int last) {
        var found = new UidSet.Builder();
        between(first, last, found);
        return found.build();
    }

    private void between(int first, int last, UidSet.Builder found) {
        for (int sequence = first; sequence <= last; ) {
            int page = pageOf(sequence);
            int end = Math.min(last, before[page + 1]);
            pages[page].addThose(sequence - 1 - before[page], end - before[page], found);
            sequence = end + 1;
        }
    }

    /** UIDs of messages of which the flags under the mask have this value. */
    public UidSet select(long mask, long value) {
        if (seen != null && (mask & Flags.SEEN) != 0) {
            var others = select(mask & ~Flags.SEEN, value & ~Flags.SEEN);
            return (value & Flags.SEEN) != 0 ? others.and(seen) : others.minus(seen);
        }
        var found = new UidSet.Builder();
        for (var page : pages) {
            for (int i = 0; i < page.size(); i++) {
                if ((page.flags[i] & mask) == value) {
                    found.add(Integer.toUnsignedLong(page.uids[i]));
                }
            }
        }
        return found.build();
    }

    /** How many messages have these flags under the mask. */
    public int count(long mask, long value) {
        if (seen != null && (mask & Flags.SEEN) != 0) {
            return (int) select(mask, value).size();
        }
        int count = 0;
        for (var page : pages) {
            for (long flags : page.flags) {
                if ((flags & mask) == value) {
                    count++;
                }
            }
        }
        return count;
    }

    /**
     * The view after a change.
     *
     * @param entries new messages and those with new flags, ascending by UID; new ones above all there were
     * @param expunged those that are gone; what was never here is passed over
     */
    public MailboxView with(
            List<Entry> entries, UidSet expunged, long newUidNext, long newModseq, List<String> newKeywords) {
        var result = new ArrayList<Page>(pages.length + 1);
        int next = 0;
        for (var page : pages) {
            // Most pages of a large mailbox stay, and whoever changes one flag comes by all of them.
            if (expunged.isEmpty()
                    && (next == entries.size() || entries.get(next).uid() > page.last())) {
                result.add(page);
                continue;
            }
            long last = page.last();
            int from = next;
            while (next < entries.size() && entries.get(next).uid() <= last) {
                next++;
            }
            var changed = page.with(entries.subList(from, next), expunged);
            if (changed.size() > 0) {
                result.add(changed);
            }
        }
        append(result, entries.subList(next, entries.size()), expunged);
        return new MailboxView(
                mailbox, uidValidity, newUidNext, newModseq, newKeywords, result, rights, seenAfter(entries));
    }

    /** Entries carry the \Seen of the one who looks. */
    private @Nullable UidSet seenAfter(List<Entry> entries) {
        if (seen == null || entries.isEmpty()) {
            return seen;
        }
        var named = new UidSet.Builder();
        var now = new UidSet.Builder();
        for (var entry : entries) {
            named.add(entry.uid());
            if ((entry.flags() & Flags.SEEN) != 0) {
                now.add(entry.uid());
            }
        }
        return seen.minus(named.build()).or(now.build());
    }

    /** New messages fill the last page and then pages of their own. */
    private static void append(List<Page> pages, List<Entry> entries, UidSet expunged) {
        var fresh = entries.stream().filter(e -> !expunged.contains(e.uid())).toList();
        if (!fresh.isEmpty() && !pages.isEmpty() && pages.getLast().size() < PAGE_SIZE) {
            var tail = new ArrayList<>(pages.removeLast().entries());
            tail.addAll(fresh);
            fresh = tail;
        }
        for (int i = 0; i < fresh.size(); i += PAGE_SIZE) {
            pages.add(Page.of(fresh.subList(i, Math.min(fresh.size(), i + PAGE_SIZE))));
        }
    }

    /** What a session that knows this view must be told to know the newer one. */
    public Changes changesTo(MailboxView newer) {
        var expunged = new UidSet.Builder();
        var changed = new UidSet.Builder();
        var otherwiseSeen = seenOtherwise(newer);
        int mine = 1;
        int theirs = 1;
        for (int page = 0, other = 0; page < pages.length; page++) {
            while (other < newer.pages.length && newer.before[other + 1] < theirs) {
                other++;
            }
            if (other < newer.pages.length && newer.before[other] == theirs - 1 && newer.pages[other] == pages[page]) {
                pages[page].addThose(otherwiseSeen, changed);
                mine += pages[page].size();
                theirs += pages[page].size();
                continue;
            }
            for (; mine <= before[page + 1]; mine++) {
                long uid = uid(mine);
                if (theirs > newer.size() || newer.uid(theirs) != uid) {
                    expunged.add(uid);
                    continue;
                }
                if (flags(mine) != newer.flags(theirs)) {
                    changed.add(uid);
                }
                theirs++;
            }
        }
        return new Changes(expunged.build(), changed.build(), newer.size() - theirs + 1);
    }

    /** What is seen in one of the two views and not in the other, beside what pages tell. */
    private UidSet seenOtherwise(MailboxView newer) {
        if (Objects.equals(seen, newer.seen) || seen == null || newer.seen == null) {
            return UidSet.EMPTY;
        }
        return seen.minus(newer.seen).or(newer.seen.minus(seen));
    }

    /**
     * @param expunged UIDs that are gone
     * @param changed UIDs whose flags are other
     * @param added how many messages came at the end
     */
    public record Changes(UidSet expunged, UidSet changed, int added) {
        public boolean isEmpty() {
            return expunged.isEmpty() && changed.isEmpty() && added == 0;
        }
    }

    private int pageOf(int sequence) {
        if (sequence < 1 || sequence > size()) {
            throw new IndexOutOfBoundsException("message " + sequence + " of " + size());
        }
        int at = Arrays.binarySearch(before, sequence - 1);
        return at >= 0 ? at : -at - 2;
    }

    /** Some messages in a row; never empty. */
    record Page(int[] uids, long[] flags, long[] modseqs, int[] sizes) {
        static Page of(List<Entry> entries) {
            int size = entries.size();
            var page = new Page(new int[size], new long[size], new long[size], new int[size]);
            for (int i = 0; i < size; i++) {
                page.set(i, entries.get(i));
            }
            return page;
        }

        private void set(int i, Entry entry) {
            uids[i] = (int) entry.uid();
            flags[i] = entry.flags();
            modseqs[i] = entry.modseq();
            sizes[i] = (int) entry.size();
        }

        int size() {
            return uids.length;
        }

        long last() {
            return Integer.toUnsignedLong(uids[uids.length - 1]);
        }

        /** Adds the UIDs of some messages in a row, counted from 0, the end excluded. */
        void addThose(int from, int end, UidSet.Builder found) {
            if (uids[end - 1] - uids[from] == end - 1 - from) {
                found.add(Integer.toUnsignedLong(uids[from]), Integer.toUnsignedLong(uids[end - 1]));
                return;
            }
            for (int i = from; i < end; i++) {
                found.add(Integer.toUnsignedLong(uids[i]));
            }
        }

        /** Adds the UIDs of this page that are in the set. */
        void addThose(UidSet wanted, UidSet.Builder found) {
            if (wanted.isEmpty()
                    || wanted.and(UidSet.range(Integer.toUnsignedLong(uids[0]), last()))
                            .isEmpty()) {
                return;
            }
            for (int uid : uids) {
                if (wanted.contains(Integer.toUnsignedLong(uid))) {
                    found.add(Integer.toUnsignedLong(uid));
                }
            }
        }

        Entry entry(int i) {
            return new Entry(Integer.toUnsignedLong(uids[i]), flags[i], modseqs[i], Integer.toUnsignedLong(sizes[i]));
        }

        List<Entry> entries() {
            var entries = new ArrayList<Entry>(size());
            for (int i = 0; i < size(); i++) {
                entries.add(entry(i));
            }
            return entries;
        }

        /** This very page where nothing in it changes. */
        Page with(List<Entry> changes, UidSet expunged) {
            long first = Integer.toUnsignedLong(uids[0]);
            if (changes.isEmpty() && expunged.and(UidSet.range(first, last())).isEmpty()) {
                return this;
            }
            var kept = new ArrayList<Entry>(size());
            int next = 0;
            for (int i = 0; i < size(); i++) {
                var entry = entry(i);
                while (next < changes.size() && changes.get(next).uid() < entry.uid()) {
                    next++;
                }
                if (!expunged.contains(entry.uid())) {
                    boolean change = next < changes.size() && changes.get(next).uid() == entry.uid();
                    kept.add(change ? changes.get(next) : entry);
                }
            }
            return of(kept);
        }
    }
}
