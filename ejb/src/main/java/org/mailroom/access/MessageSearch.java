package org.mailroom.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;
import org.mailroom.message.StoredOctets;
import org.mailroom.search.MessageText;
import org.mailroom.search.SearchIndex;
import org.mailroom.search.TextMatcher;

/**
 * SEARCH (RFC 9051 §6.4.4). Each key narrows the candidates of those before it: what the view knows comes first, then dates,
 * then headers, then bodies. No more than a few messages are in memory at a time.
 */
final class MessageSearch {
    private static final String MESSAGE = "JOIN message m ON m.id = e.message_id";
    private static final int PAGE_OCTETS = 4 * 1024 * 1024;

    private final DataSource database;
    private final MailboxReader reader;
    private final StoredOctets stored;
    private final SearchIndex index;
    private final MailboxView view;

    MessageSearch(DataSource database, MailboxView view) {
        this.database = database;
        this.reader = new MailboxReader(database);
        this.stored = new StoredOctets(database);
        this.index = new SearchIndex(database);
        this.view = view;
    }

    UidSet search(SearchKey key) throws SQLException {
        return narrow(key, view.uids());
    }

    /** Those of the candidates that match. */
    private UidSet narrow(SearchKey key, UidSet candidates) throws SQLException {
        if (candidates.isEmpty()) {
            return candidates;
        }
        return switch (key) {
            case SearchKey.All() -> candidates;
            case SearchKey.Uids(var uids) -> candidates.and(uids);
            case SearchKey.SystemFlag(long bit, boolean set) -> flag(bit, set, candidates);
            case SearchKey.Keyword(var name, boolean set) -> keyword(name, set, candidates);
            case SearchKey.Size(boolean larger, long octets) ->
                entries(candidates, e -> larger ? e.size() > octets : e.size() < octets);
            case SearchKey.Modseq(long atLeast) -> entries(candidates, e -> e.modseq() >= atLeast);
            case SearchKey.Internal(var order, var day) -> internal(order, day, candidates);
            case SearchKey.Arrived(boolean before, var moment) -> arrived(before, moment, candidates);
            case SearchKey.Saved(var order, var day) ->
                dates("(e.saved AT TIME ZONE 'UTC')::date", "", order, day, candidates);
            case SearchKey.Email(long message) -> where("", "e.message_id = ?", message, candidates);
            case SearchKey.Conversation(long thread) -> where(MESSAGE, "m.thread = ?", thread, candidates);
            case SearchKey.Sent(var order, var day) -> sent(order, day, candidates);
            case SearchKey.Header(var name, var value) -> {
                var text = new TextMatcher(value);
                yield content(
                        index.narrow(view.mailbox(), candidates, text),
                        MessageColumn.HEADER,
                        row -> MessageText.header(Objects.requireNonNull(row.header()), name, text));
            }
            case SearchKey.Text(var value) -> body(value, true, candidates);
            case SearchKey.Body(var value) -> body(value, false, candidates);
            case SearchKey.Not(var inner) -> candidates.minus(narrow(inner, candidates));
            case SearchKey.And(var keys) -> all(keys, candidates);
            case SearchKey.Or(var left, var right) -> {
                var found = narrow(left, candidates);
                yield found.or(narrow(right, candidates.minus(found)));
            }
        };
    }

    private UidSet all(List<SearchKey> keys, UidSet candidates) throws SQLException {
        var cheapFirst = keys.stream()
                .sorted(Comparator.comparingInt(MessageSearch::cost))
                .toList();
        var rest = candidates;
        for (var key : cheapFirst) {
            rest = narrow(key, rest);
        }
        return rest;
    }

    private static int cost(SearchKey key) {
        return switch (key) {
            case SearchKey.All() -> 0;
            case SearchKey.Uids uids -> 0;
            case SearchKey.SystemFlag flag -> 0;
            case SearchKey.Keyword keyword -> 0;
            case SearchKey.Size size -> 1;
            case SearchKey.Modseq modseq -> 1;
            case SearchKey.Internal day -> 2;
            case SearchKey.Arrived moment -> 2;
            case SearchKey.Saved day -> 2;
            case SearchKey.Email email -> 2;
            case SearchKey.Conversation thread -> 3;
            case SearchKey.Sent day -> 3;
            case SearchKey.Header field -> 10;
            case SearchKey.Text text -> 100;
            case SearchKey.Body body -> 100;
            case SearchKey.Not(var inner) -> cost(inner);
            case SearchKey.And(var keys) ->
                keys.stream().mapToInt(MessageSearch::cost).max().orElse(0);
            case SearchKey.Or(var left, var right) -> Math.max(cost(left), cost(right));
        };
    }

    private UidSet flag(long bit, boolean set, UidSet candidates) {
        return candidates.and(view.select(bit, set ? bit : 0));
    }

    private UidSet keyword(String name, boolean set, UidSet candidates) {
        for (int i = 0; i < view.keywords().size(); i++) {
            if (view.keywords().get(i).equalsIgnoreCase(name)) {
                return flag(Flags.keyword(i), set, candidates);
            }
        }
        return set ? UidSet.EMPTY : candidates;
    }

    private UidSet entries(UidSet candidates, Predicate<MailboxView.Entry> test) {
        var found = new UidSet.Builder();
        for (int i = 0; i < candidates.ranges(); i++) {
            for (int at = view.atOrAbove(candidates.first(i)); at <= view.size(); at++) {
                var entry = view.entry(at);
                if (entry.uid() > candidates.last(i)) {
                    break;
                }
                if (test.test(entry)) {
                    found.add(entry.uid());
                }
            }
        }
        return found.build();
    }

    /** The day of the internal date is that of UTC, in which it is also told. */
    private UidSet internal(SearchKey.Order order, LocalDate day, UidSet candidates) throws SQLException {
        return dates("(e.internal_date AT TIME ZONE 'UTC')::date", "", order, day, candidates);
    }

    /** RFC 9051 §6.4.4: the zone of the Date field is disregarded, so the day is the one that the sender wrote. */
    private UidSet sent(SearchKey.Order order, LocalDate day, UidSet candidates) throws SQLException {
        return dates(
                "((m.sent AT TIME ZONE 'UTC') + m.sent_offset * interval '1 minute')::date",
                MESSAGE,
                order,
                day,
                candidates);
    }

    private UidSet arrived(boolean before, Instant moment, UidSet candidates) throws SQLException {
        return where(
                "", "e.internal_date " + (before ? "<" : ">=") + " ?", moment.atOffset(ZoneOffset.UTC), candidates);
    }

    private UidSet dates(String date, String join, SearchKey.Order order, LocalDate day, UidSet candidates)
            throws SQLException {
        var comparison = switch (order) {
            case BEFORE -> "<";
            case ON -> "=";
            case SINCE -> ">=";
        };
        return where(join, date + ' ' + comparison + " ?", day, candidates);
    }

    /** Those of the candidates for which a condition with one parameter holds. */
    private UidSet where(String join, String condition, Object value, UidSet candidates) throws SQLException {
        var found = LongStream.builder();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT e.uid FROM mailbox_entry e " + join
                        + " WHERE e.mailbox_id = ? AND e.uid BETWEEN ? AND ? AND " + condition)) {
            query.setLong(1, view.mailbox());
            query.setLong(2, candidates.first());
            query.setLong(3, candidates.last());
            query.setObject(4, value);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return candidates.and(UidSet.of(found.build().toArray()));
    }

    private UidSet body(String value, boolean alsoHeader, UidSet candidates) throws SQLException {
        var text = new TextMatcher(value);
        if (text.isEmpty()) {
            return candidates; // the empty string stands in every text, also in one without words
        }
        return content(index.narrow(view.mailbox(), candidates, text), MessageColumn.OCTETS, row -> {
            var message = new MessageText(stored, row.message(), Objects.requireNonNull(row.octets()));
            try {
                return message.text(Objects.requireNonNull(row.parts()), alsoHeader, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private UidSet content(UidSet candidates, MessageColumn column, Predicate<MessageRow> test) throws SQLException {
        Set<MessageColumn> columns =
                column == MessageColumn.OCTETS ? EnumSet.of(column, MessageColumn.PARTS) : EnumSet.of(column);
        var found = new UidSet.Builder();
        var rest = candidates;
        while (!rest.isEmpty()) {
            var rows = reader.rows(view, rest, columns, PAGE_OCTETS);
            if (rows.isEmpty()) {
                var page = UidPage.of(view, rest, MailStore.PAGE, PAGE_OCTETS);
                if (page.uids().length == 0) {
                    break;
                }
                rest = rest.above(page.last()); // all of the page were expunged meanwhile
                continue;
            }
            for (var row : rows) {
                if (test.test(row)) {
                    found.add(row.uid());
                }
            }
            rest = rest.above(rows.getLast().uid());
        }
        return found.build();
    }
}
