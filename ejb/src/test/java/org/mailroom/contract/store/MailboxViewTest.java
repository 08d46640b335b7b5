package org.mailroom.contract.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.store.MailboxView.Entry;

class MailboxViewTest {
    @Test
    void an_empty_mailbox_has_nothing() {
        var view = MailboxView.empty(3, 77);
        assertThat(view.size()).isZero();
        assertThat(view.mailbox()).isEqualTo(3);
        assertThat(view.uidValidity()).isEqualTo(77);
        assertThat(view.uids()).isEqualTo(UidSet.EMPTY);
        assertThat(view.sequence(1)).isZero();
        assertThat(view.atOrAbove(1)).isEqualTo(1);
        assertThatThrownBy(() -> view.uid(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void numbers_follow_uids() {
        var view = view(1000);
        assertThat(view.size()).isEqualTo(1000);
        assertThat(view.uid(1)).isEqualTo(1);
        assertThat(view.uid(1000)).isEqualTo(1000);
        var without = view.with(List.of(), UidSet.range(1, 300), 1001, 3, List.of());
        assertThat(without.uid(1)).isEqualTo(301);
        assertThat(without.sequence(300)).isZero();
        assertThat(without.sequence(1000)).isEqualTo(700);
        assertThat(without.atOrAbove(5)).isEqualTo(1);
        assertThat(without.atOrAbove(1001)).isEqualTo(701);
    }

    @Test
    void uids_and_sizes_are_unsigned() {
        var view = MailboxView.empty(1, 1)
                .with(List.of(new Entry(0xFFFF_FFF0L, 0, 2, 3_000_000_000L)), UidSet.EMPTY, 0xFFFF_FFF1L, 2, List.of());
        assertThat(view.uid(1)).isEqualTo(0xFFFF_FFF0L);
        assertThat(view.entry(1).size()).isEqualTo(3_000_000_000L);
        assertThat(view.sequence(0xFFFF_FFF0L)).isEqualTo(1);
    }

    @Test
    void a_flag_that_changes_is_the_only_change() {
        var view = view(1000);
        var newer = view.with(List.of(new Entry(500, Flags.SEEN, 9, 10)), UidSet.EMPTY, 1001, 9, List.of());
        var changes = view.changesTo(newer);
        assertThat(changes.changed()).isEqualTo(UidSet.of(500));
        assertThat(changes.expunged().isEmpty()).isTrue();
        assertThat(changes.added()).isZero();
        assertThat(newer.select(Flags.SEEN, Flags.SEEN)).isEqualTo(UidSet.of(500));
        assertThat(newer.count(Flags.SEEN, 0)).isEqualTo(999);
        assertThat(view.flags(500)).isZero();
    }

    @Test
    void a_change_of_nothing_is_no_change() {
        var view = view(700);
        assertThat(view.changesTo(view).isEmpty()).isTrue();
        assertThat(view.changesTo(view.with(List.of(), UidSet.of(9999), 701, 5, List.of()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void known_are_those_that_are_named_and_here() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int size = random.nextInt(1, 900);
            var gone = some(random, size, random.nextDouble());
            var view = view(size).with(List.of(), gone, size + 1L, 3, List.of());
            assertThat(view.uids()).isEqualTo(UidSet.range(1, size).minus(gone));
            var named = some(random, size + 50, random.nextDouble());
            for (var set : List.of(named, UidSet.ALL, UidSet.ALL.above(random.nextInt(size + 5)), named.above(9))) {
                assertThat(view.known(set)).isEqualTo(view.uids().and(set));
            }
        }
    }

    private static UidSet some(Random random, int most, double share) {
        var uids = new UidSet.Builder();
        for (int uid = 1; uid <= most; uid++) {
            if (random.nextDouble() < share) {
                uids.add(uid);
            }
        }
        return uids.build();
    }

    @Test
    void is_what_a_plain_map_is() {
        var random = new Random(11);
        for (int round = 0; round < 60; round++) {
            var map = new TreeMap<Long, Entry>();
            var view = MailboxView.empty(1, 1);
            long next = 1;
            for (int step = 0; step < 40; step++) {
                var before = view;
                var old = new TreeMap<>(map);
                var change = change(random, map, next, step + 2);
                next = change.next;
                view = view.with(change.entries, change.expunged, next, step + 2, List.of("a"));
                assertSame(view, map);
                assertChanges(before.changesTo(view), old, map);
            }
        }
    }

    private record Change(List<Entry> entries, UidSet expunged, long next) {}

    /** New messages, changed flags and expunged messages in one step, as a page of a busy mailbox might see it. */
    private static Change change(Random random, TreeMap<Long, Entry> map, long first, long modseq) {
        var changed = new TreeMap<Long, Entry>();
        var expunged = new UidSet.Builder();
        for (var entry : List.copyOf(map.values())) {
            int dice = random.nextInt(100);
            if (dice < 5) {
                map.remove(entry.uid());
                expunged.add(entry.uid());
            } else if (dice < 12) {
                changed.put(entry.uid(), new Entry(entry.uid(), random.nextInt(32), modseq, entry.size()));
            }
        }
        long next = first;
        for (int i = random.nextInt(120); i > 0; i--) {
            next += 1 + random.nextInt(2);
            changed.put(next, new Entry(next, random.nextInt(32), modseq, next));
        }
        map.putAll(changed);
        return new Change(new ArrayList<>(changed.values()), expunged.build(), next + 1);
    }

    private static void assertSame(MailboxView view, TreeMap<Long, Entry> map) {
        assertThat(view.size()).isEqualTo(map.size());
        int sequence = 1;
        for (var entry : map.values()) {
            assertThat(view.entry(sequence)).isEqualTo(entry);
            assertThat(view.sequence(entry.uid())).isEqualTo(sequence);
            assertThat(view.atOrAbove(entry.uid())).isEqualTo(sequence);
            sequence++;
        }
        assertThat(view.uids().stream().boxed().toList()).isEqualTo(List.copyOf(map.keySet()));
    }

    private static void assertChanges(
            MailboxView.Changes changes, TreeMap<Long, Entry> before, TreeMap<Long, Entry> after) {
        var expunged = new UidSet.Builder();
        var changed = new UidSet.Builder();
        before.values().forEach(entry -> {
            var now = after.get(entry.uid());
            if (now == null) {
                expunged.add(entry.uid());
            } else if (now.flags() != entry.flags()) {
                changed.add(entry.uid());
            }
        });
        long last = before.isEmpty() ? 0 : before.lastKey();
        assertThat(changes.expunged()).isEqualTo(expunged.build());
        assertThat(changes.changed()).isEqualTo(changed.build());
        assertThat(changes.added()).isEqualTo(after.tailMap(last, false).size());
    }

    private static MailboxView view(int messages) {
        var entries = new ArrayList<Entry>();
        for (long uid = 1; uid <= messages; uid++) {
            entries.add(new Entry(uid, 0, 2, 10));
        }
        return MailboxView.empty(1, 1).with(entries, UidSet.EMPTY, messages + 1L, 2, List.of());
    }
}
