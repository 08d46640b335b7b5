package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxView.Entry;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;

/** Searches that flags, UIDs, sizes and mod-sequences answer, and so the view alone, without a look into the database. */
final class ViewSearch {
    /** A set of more ranges is not handed to the store to narrow its search: it would cost more than it saves. */
    private static final int MOST_RANGES = 1000;

    private final MailboxView view;

    ViewSearch(MailboxView view) {
        this.view = view;
    }

    /** UIDs that match, perhaps with others that are of no message; null where the store must be asked. */
    @Nullable
    UidSet find(SearchKey key) {
        return switch (key) {
            case SearchKey.All() -> UidSet.ALL;
            case SearchKey.Uids(UidSet uids) -> uids;
            case SearchKey.SystemFlag(long bit, boolean set) -> view.select(bit, set ? bit : 0);
            case SearchKey.Keyword(String name, boolean set) -> keyword(name, set);
            case SearchKey.Size(boolean larger, long octets) ->
                entries(e -> larger ? e.size() > octets : e.size() < octets);
            case SearchKey.Modseq(long atLeast) -> entries(e -> e.modseq() >= atLeast);
            case SearchKey.Not(SearchKey inner) -> {
                var found = find(inner);
                yield found == null ? null : UidSet.ALL.minus(found);
            }
            case SearchKey.Or(SearchKey left, SearchKey right) -> {
                var one = find(left);
                var other = one == null ? null : find(right);
                yield one == null || other == null ? null : one.or(other);
            }
            case SearchKey.And and -> all(and);
            case SearchKey.Saved _, SearchKey.Email _, SearchKey.Conversation _ -> null;
            case SearchKey.Internal _,
                    SearchKey.Arrived _,
                    SearchKey.Sent _,
                    SearchKey.Header _,
                    SearchKey.Text _,
                    SearchKey.Body _ -> null;
        };
    }

    private @Nullable UidSet all(SearchKey.And and) {
        var found = UidSet.ALL;
        boolean whole = true;
        for (var key : and.keys()) {
            var here = find(key);
            whole &= here != null;
            found = here == null ? found : found.and(here);
        }
        // Nothing can match any more, whatever the store would say.
        return whole || found.isEmpty() ? found : null;
    }

    /** The same question, with what the view knows of the answer put first. */
    SearchKey narrowed(SearchKey key) {
        if (!(key instanceof SearchKey.And and)) {
            return key;
        }
        var found = UidSet.ALL;
        var rest = new ArrayList<SearchKey>();
        for (var part : and.keys()) {
            var here = find(part);
            if (here == null) {
                rest.add(part);
            } else {
                found = found.and(here);
            }
        }
        if (found.equals(UidSet.ALL) || found.ranges() > MOST_RANGES) {
            return key;
        }
        rest.addFirst(new SearchKey.Uids(found));
        return new SearchKey.And(rest);
    }

    private UidSet keyword(String name, boolean set) {
        for (int i = 0; i < view.keywords().size(); i++) {
            if (view.keywords().get(i).equalsIgnoreCase(name)) {
                return view.select(Flags.keyword(i), set ? Flags.keyword(i) : 0);
            }
        }
        return set ? UidSet.EMPTY : UidSet.ALL;
    }

    private UidSet entries(Predicate<Entry> wanted) {
        var found = new UidSet.Builder();
        for (int sequence = 1; sequence <= view.size(); sequence++) {
            var entry = view.entry(sequence);
            if (wanted.test(entry)) {
                found.add(entry.uid());
            }
        }
        return found.build();
    }
}
