package org.mailroom.connector.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;

/** SEARCH by looking at every message. */
record MemorySearch(MemoryMailbox mailbox, MailboxView view) {
    UidSet find(SearchKey key) {
        return UidSet.of(mailbox.items.keySet().stream()
                .filter(uid -> matches(key, uid))
                .mapToLong(u -> u)
                .toArray());
    }

    private boolean matches(SearchKey key, long uid) {
        var entry = view.entry(view.sequence(uid));
        var item = mailbox.items.get(uid);
        var message = item.message();
        return switch (key) {
            case SearchKey.All() -> true;
            case SearchKey.Uids(UidSet uids) -> uids.contains(uid);
            case SearchKey.SystemFlag(long bit, boolean set) -> (entry.flags() & bit) != 0 == set;
            case SearchKey.Keyword(String name, boolean set) -> hasKeyword(entry.flags(), name) == set;
            case SearchKey.Internal(SearchKey.Order order, LocalDate day) ->
                compares(order, LocalDate.ofInstant(item.internalDate(), ZoneOffset.UTC), day);
            case SearchKey.Arrived(boolean before, Instant moment) ->
                item.internalDate().isBefore(moment) == before;
            case SearchKey.Saved(SearchKey.Order order, LocalDate day) ->
                compares(order, LocalDate.ofInstant(item.saved(), ZoneOffset.UTC), day);
            case SearchKey.Email(long id) -> message.id == id;
            case SearchKey.Conversation(long thread) -> message.thread() == thread;
            case SearchKey.Sent(SearchKey.Order order, LocalDate day) ->
                compares(order, message.sent(item.internalDate()), day);
            case SearchKey.Size(boolean larger, long octets) ->
                larger ? message.octets.length > octets : message.octets.length < octets;
            case SearchKey.Header(String name, String value) ->
                message.fields(name).stream().anyMatch(v -> holds(v, value));
            case SearchKey.Text(String value) -> holds(message.text(true), value);
            case SearchKey.Body(String value) -> holds(message.text(false), value);
            case SearchKey.Modseq(long atLeast) -> entry.modseq() >= atLeast;
            case SearchKey.Not(SearchKey inner) -> !matches(inner, uid);
            case SearchKey.And and -> and.keys().stream().allMatch(k -> matches(k, uid));
            case SearchKey.Or(SearchKey left, SearchKey right) -> matches(left, uid) || matches(right, uid);
        };
    }

    private boolean hasKeyword(long flags, String name) {
        var keywords = view.keywords();
        for (int i = 0; i < keywords.size(); i++) {
            if (keywords.get(i).equalsIgnoreCase(name)) {
                return (flags & Flags.keyword(i)) != 0;
            }
        }
        return false;
    }

    private static boolean compares(SearchKey.Order order, LocalDate date, LocalDate day) {
        return switch (order) {
            case BEFORE -> date.isBefore(day);
            case ON -> date.equals(day);
            case SINCE -> !date.isBefore(day);
        };
    }

    private static boolean holds(String text, String value) {
        return text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
    }
}
