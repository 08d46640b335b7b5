package org.mailroom.connector.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.ThreadRow;
import org.mailroom.contract.store.UidSet;

/** SORT and THREAD by looking at every message; of base subjects it knows replies and no more. */
final class MemorySort {
    private MemorySort() {}

    static long[] sort(MemoryMailbox mailbox, UidSet uids, List<SortKey> order) {
        Comparator<Long> comparator = null;
        for (var key : order) {
            var next = comparator(mailbox, key);
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        return mailbox.items.keySet().stream()
                .filter(uids::contains)
                .sorted(comparator.thenComparing(Comparator.naturalOrder()))
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static Comparator<Long> comparator(MemoryMailbox mailbox, SortKey key) {
        Comparator<MemoryMailbox.Item> by = switch (key.by()) {
            case ARRIVAL -> Comparator.comparing(MemoryMailbox.Item::internalDate);
            case DATE -> Comparator.comparing(i -> i.message().sentAt(i.internalDate()));
            case SIZE -> Comparator.comparing(i -> i.message().octets.length);
            case SUBJECT -> Comparator.comparing(i -> baseSubject(i.message()));
            case FROM -> Comparator.comparing(i -> mailbox(i.message(), "From"));
            case TO -> Comparator.comparing(i -> mailbox(i.message(), "To"));
            case CC -> Comparator.comparing(i -> mailbox(i.message(), "Cc"));
            case DISPLAYFROM -> Comparator.comparing(i -> display(i.message(), "From"));
            case DISPLAYTO -> Comparator.comparing(i -> display(i.message(), "To"));
        };
        Comparator<Long> order = Comparator.comparing(mailbox.items::get, by);
        return key.reverse() ? order.reversed() : order;
    }

    static List<ThreadRow> threadRows(MemoryMailbox mailbox, UidSet uids) {
        return mailbox.items.entrySet().stream()
                .filter(e -> uids.contains(e.getKey()))
                .map(e -> row(e.getKey(), e.getValue()))
                .toList();
    }

    private static ThreadRow row(long uid, MemoryMailbox.Item item) {
        var message = item.message();
        boolean reply = subject(message).regionMatches(true, 0, "re:", 0, 3);
        return new ThreadRow(
                uid,
                message.messageId(),
                message.references(),
                baseSubject(message),
                reply,
                message.sentAt(item.internalDate()));
    }

    private static String subject(MemoryMessage message) {
        var subject = message.fields("Subject");
        return subject.isEmpty() ? "" : subject.getFirst().strip();
    }

    private static String baseSubject(MemoryMessage message) {
        return subject(message).toUpperCase(Locale.ROOT).replaceAll("^(RE: *)+", "");
    }

    private static String field(MemoryMessage message, String name) {
        var field = message.fields(name);
        return field.isEmpty() ? "" : field.getFirst().strip();
    }

    private static String mailbox(MemoryMessage message, String name) {
        return field(message, name).replaceAll(".*<|@.*", "").toUpperCase(Locale.ROOT);
    }

    private static String display(MemoryMessage message, String name) {
        return field(message, name).replaceAll(" *<.*", "").replace("\"", "").toUpperCase(Locale.ROOT);
    }
}
