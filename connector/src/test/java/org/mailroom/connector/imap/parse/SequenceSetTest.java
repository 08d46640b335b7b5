package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

class SequenceSetTest {
    /** UIDs 10, 20, 30, 40, 50. */
    private final MailboxView view = view(10, 20, 30, 40, 50);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;10",
                "2:4;20:40",
                "4:2;20:40",
                "*;50",
                "*:4;40:50",
                "1:*;10:50",
                "5,1,3;10,30,50",
                "1:2,2:3;10:30"
            })
    void numbers_are_counted_in_the_view(String set, String uids) throws BadSyntax {
        assertThat(read(set).numbersIn(view)).isEqualTo(ranges(uids));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1:100;1:50", "20;20", "60;''", "60:*;50", "*;50", "35:*;35:50", "30,10;10,30", "*:60;50"})
    void uids_mean_themselves(String set, String uids) throws BadSyntax {
        assertThat(read(set).uidsIn(view)).isEqualTo(ranges(uids));
    }

    @Test
    void a_number_that_was_never_told_is_an_error() throws BadSyntax {
        var set = read("1,6");
        assertThatThrownBy(() -> set.numbersIn(view)).hasMessage("There is no message 6, only 5");
        assertThat(set.numbersKnown(view)).isEqualTo(ranges("10"));
        assertThat(read("3:9").numbersKnown(view)).isEqualTo(ranges("30:50"));
    }

    @Test
    void an_empty_mailbox_has_no_highest_message() throws BadSyntax {
        var empty = MailboxView.empty(1, 1);
        assertThat(read("1:*").uidsIn(empty)).isEqualTo(UidSet.EMPTY);
        assertThat(read("*").numbersIn(empty)).isEqualTo(UidSet.EMPTY);
        assertThatThrownBy(() -> read("1:*").numbersIn(empty)).isInstanceOf(BadSyntax.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1:", ":1", "1,", "a", "-1", "4294967296", "1 ,2", "99999999999999999999"})
    void what_is_no_set(String set) {
        assertThatThrownBy(() -> {
                    var in = new Arguments(Frame.of(set));
                    in.sequenceSet();
                    in.end();
                })
                .isInstanceOf(BadSyntax.class);
    }

    @Test
    void a_set_means_what_its_ranges_mean_one_by_one() throws BadSyntax {
        var random = new Random(11);
        for (int i = 0; i < 5000; i++) {
            var text = IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(r -> random.nextBoolean() ? end(random) : end(random) + ":" + end(random))
                    .collect(Collectors.joining(","));
            var numbers = new TreeSet<Long>();
            var uids = new TreeSet<Long>();
            for (var range : text.split(",")) {
                each(range, view.size()).filter(n -> n <= view.size()).forEach(n -> numbers.add(view.uid((int) n)));
                each(range, 50).filter(u -> view.sequence(u) > 0).forEach(uids::add);
            }
            assertThat(read(text).numbersKnown(view).stream().boxed().filter(u -> view.sequence(u) > 0))
                    .as(text)
                    .containsExactlyElementsOf(numbers);
            assertThat(read(text).uidsIn(view).and(view.uids()).stream().boxed())
                    .as(text)
                    .containsExactlyElementsOf(uids);
        }
    }

    private static String end(Random random) {
        return random.nextInt(6) == 0 ? "*" : String.valueOf(1 + random.nextInt(random.nextBoolean() ? 6 : 60));
    }

    private static LongStream each(String range, long highest) {
        var ends = Stream.of(range.split(":"))
                .mapToLong(e -> e.equals("*") ? highest : Long.parseLong(e))
                .sorted()
                .toArray();
        return LongStream.rangeClosed(ends[0], ends[ends.length - 1]);
    }

    private static SequenceSet read(String text) throws BadSyntax {
        return new Arguments(Frame.of(text)).sequenceSet();
    }

    private static UidSet ranges(String text) throws BadSyntax {
        return text.isEmpty() ? UidSet.EMPTY : read(text).plain();
    }

    private static MailboxView view(long... uids) {
        var entries = new ArrayList<MailboxView.Entry>();
        for (long uid : uids) {
            entries.add(new MailboxView.Entry(uid, 0, 1, 1));
        }
        return MailboxView.empty(1, 1).with(entries, UidSet.EMPTY, 51, 1, List.of());
    }
}
