package org.mailroom.contract.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UidSetTest {
    @Test
    void is_written_as_imap_writes_it() {
        assertThat(UidSet.of(9, 1, 2, 3, 5, 4)).hasToString("1:5,9");
        assertThat(UidSet.EMPTY).hasToString("");
        assertThat(UidSet.ALL).hasToString("1:4294967295");
    }

    @Test
    void knows_its_ranges() {
        var set = UidSet.of(1, 2, 3, 7, 9, 10);
        assertThat(set.ranges()).isEqualTo(3);
        assertThat(set.first(2)).isEqualTo(9);
        assertThat(set.last(2)).isEqualTo(10);
        assertThat(set.first()).isEqualTo(1);
        assertThat(set.last()).isEqualTo(10);
        assertThat(set.size()).isEqualTo(6);
    }

    @Test
    void empty_ranges_are_no_ranges() {
        assertThat(UidSet.range(5, 4)).isEqualTo(UidSet.EMPTY);
        assertThat(UidSet.range(5, 5)).isEqualTo(UidSet.of(5));
        assertThat(new UidSet.Builder().add(3, 2).build().isEmpty()).isTrue();
    }

    @Test
    void what_is_above_the_last_page_is_left() {
        assertThat(UidSet.of(1, 2, 3, 8, 9).above(2)).hasToString("3,8:9");
        assertThat(UidSet.of(1, 2).above(2)).isEqualTo(UidSet.EMPTY);
        assertThat(UidSet.ALL.above(5).first()).isEqualTo(6);
    }

    @Test
    void is_collected_in_order() {
        var builder = new UidSet.Builder().add(5);
        assertThatThrownBy(() -> builder.add(4)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new UidSet.Builder().add(1, 9).add(2, 3).add(10).build()).hasToString("1:10");
    }

    @Test
    void equal_sets_are_equal_however_they_were_made() {
        assertThat(new UidSet.Builder().add(1).add(2, 4).build())
                .isEqualTo(UidSet.range(1, 4))
                .hasSameHashCodeAs(UidSet.range(1, 4));
    }

    @Test
    void does_what_a_plain_set_does() {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            var a = some(random);
            var b = some(random);
            var left = set(a);
            var right = set(b);
            assertThat(left.or(right)).isEqualTo(set(union(a, b)));
            var both = new TreeSet<>(a);
            both.retainAll(b);
            assertThat(left.and(right)).isEqualTo(set(both));
            var rest = new TreeSet<>(a);
            rest.removeAll(b);
            assertThat(left.minus(right)).isEqualTo(set(rest));
            assertThat(left.size()).isEqualTo(a.size());
            assertThat(left.stream().boxed().toList()).isEqualTo(a.stream().toList());
            long uid = random.nextInt(45);
            assertThat(left.contains(uid)).isEqualTo(a.contains(uid));
            assertThat(left.above(uid)).isEqualTo(set(new TreeSet<>(a.tailSet(uid, false))));
        }
    }

    @Test
    void the_whole_without_a_set_is_its_complement() {
        var some = UidSet.of(1, 5, 6, 0xFFFF_FFFFL);
        assertThat(UidSet.ALL.minus(some)).hasToString("2:4,7:4294967294");
        assertThat(UidSet.ALL.minus(some).or(some)).isEqualTo(UidSet.ALL);
    }

    private static TreeSet<Long> union(TreeSet<Long> a, TreeSet<Long> b) {
        var all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }

    private static UidSet set(TreeSet<Long> uids) {
        return UidSet.of(uids.stream().mapToLong(Long::longValue).toArray());
    }

    /** Sparse or dense, of 0 to 40 UIDs. */
    private static TreeSet<Long> some(Random random) {
        var uids = new TreeSet<Long>();
        int density = random.nextInt(10);
        for (long uid = 1; uid <= 40; uid++) {
            if (random.nextInt(10) < density) {
                uids.add(uid);
            }
        }
        return uids;
    }
}
