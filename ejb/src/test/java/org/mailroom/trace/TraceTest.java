package org.mailroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.trace.TraceStep.Kind;

class TraceTest {
    private final DataSource database = TestDatabase.fresh();

    private void write(TraceStep... steps) throws SQLException {
        try (var connection = database.getConnection()) {
            TraceTable.insert(connection, List.of(steps));
        }
    }

    private TraceSearch.Result search(String text, String sender, String recipient) throws SQLException {
        try (var connection = database.getConnection()) {
            return new TraceSearch(connection)
                    .search(new TraceSearch.Wanted(text, sender, recipient, "", "", "", null, null, null), 0, 10);
        }
    }

    private List<String> ids(TraceSearch.Result result) {
        return result.found().stream().map(TraceSearch.Found::queueId).toList();
    }

    private void aMessage(String queueId, String sender, String subject, Kind fate, String... recipients)
            throws SQLException {
        write(TraceStep.of(Kind.RECEIVED, queueId, sender, "")
                .detail("size=1 message-id=<" + queueId + "@x> subject=" + subject));
        for (var recipient : recipients) {
            write(TraceStep.of(Kind.QUEUED, queueId, sender, recipient));
            write(TraceStep.of(fate, queueId, sender, recipient).reply("250 ok"));
        }
    }

    @Test
    void of_several_messages_as_many_are_read_as_fit_and_what_is_left_out_of_one_is_said() throws Exception {
        aMessage("Q1", "ann@here.test", "one", Kind.RELAYED, "x@there.test");
        aMessage("Q2", "ann@here.test", "two", Kind.RELAYED, "x@there.test");
        aMessage("Q3", "ann@here.test", "three", Kind.RELAYED, "x@there.test", "y@there.test", "z@there.test");
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection, 6);
            var first = search.several(List.of("Q1", "Q2", "Q3"), null);
            assertThat(first.names()).isEqualTo(2);
            assertThat(first.steps()).extracting(TraceSearch.Step::queueId).containsOnly("Q1", "Q2");
            assertThat(first.steps()).extracting(TraceSearch.Step::step).doesNotContain("cut");
            var large = search.several(List.of("Q3", "Q1"), null);
            assertThat(large.names()).isEqualTo(1);
            assertThat(large.steps().getLast()).satisfies(last -> {
                assertThat(last.step()).isEqualTo("cut");
                assertThat(last.queueId()).isEqualTo("Q3");
                assertThat(last.detail()).isEqualTo("only the first 6");
            });
            assertThat(search.several(List.of("Q0"), null)).isEqualTo(new TraceSearch.Several(List.of(), 1));
            assertThat(search.several(List.of("Q3"), Set.of("other.test")).steps())
                    .isEmpty();
        }
    }

    @Test
    void somebody_sees_what_he_sent_and_what_was_for_him() throws Exception {
        aMessage("Q1", "ann@here.test", "out", Kind.RELAYED, "x@there.test", "y@there.test");
        aMessage("Q2", "x@there.test", "in", Kind.DELIVERED, "\"a,{n}\"@here.test", "bob@here.test");
        aMessage("Q3", "x@there.test", "another's", Kind.DELIVERED, "bob@here.test");
        var mine = Set.of("ann@here.test", "\"a,{n}\"@here.test");
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection);
            var found = search.search(new TraceSearch.Wanted("", "", "", "", "", "", null, null, mine), 0, 10);
            assertThat(ids(found)).containsExactly("Q2", "Q1");
            assertThat(found.found().getFirst().recipients()).doesNotContain("bob");
            assertThat(search.steps("Q1", mine)).hasSize(5);
            assertThat(search.steps("Q2", mine))
                    .hasSize(3)
                    .noneMatch(step -> step.recipient().contains("bob"));
            assertThat(search.steps("Q3", mine)).isEmpty();
        }
    }

    @Test
    void a_message_is_found_by_whatever_is_known_of_it() throws Exception {
        aMessage("Q1", "Alice@here.test", "100%_lunch", Kind.RELAYED, "x@there.test");
        aMessage("Q2", "bob@here.test", "supper", Kind.FAILED, "y@there.test", "Z@there.test");
        assertThat(ids(search("", "", ""))).containsExactly("Q2", "Q1");
        assertThat(ids(search("", "alice@HERE.test", ""))).containsExactly("Q1");
        assertThat(ids(search("", "alic", ""))).containsExactly("Q1");
        assertThat(ids(search("", "", "z@there.test"))).containsExactly("Q2");
        assertThat(ids(search("", "", "there.test"))).containsExactly("Q2", "Q1");
        assertThat(ids(search("q1", "", ""))).containsExactly("Q1");
        assertThat(ids(search("Q2@x", "", ""))).containsExactly("Q2");
        assertThat(ids(search("0%_LUN", "", ""))).containsExactly("Q1");
        assertThat(ids(search("nothing", "", ""))).isEmpty();
    }

    @Test
    void a_summary_tells_subject_recipients_and_the_worst_fate() throws Exception {
        aMessage("Q1", "a@here.test", "supper", Kind.RELAYED, "x@there.test", "y@there.test");
        write(TraceStep.of(Kind.DEFERRED, "Q1", "a@here.test", "y@there.test"));
        var found = search("", "", "").found().getFirst();
        assertThat(found.subject()).isEqualTo("supper");
        assertThat(found.recipients()).isEqualTo("x@there.test, y@there.test");
        assertThat(found.status()).isEqualTo("deferred");
    }

    @Test
    void a_summary_tells_why_somebody_was_refused() throws Exception {
        write(TraceStep.of(Kind.REFUSED, null, "a@there.test", "b@here.test")
                .rule("dns-list")
                .reply("550 5.7.1 Your address is listed"));
        assertThat(search("", "", "b@here.test").found().getFirst().why())
                .isEqualTo("dns-list: 550 5.7.1 Your address is listed");
        aMessage("Q1", "a@there.test", "taken", Kind.RELAYED, "x@there.test");
        assertThat(search("Q1", "", "").found().getFirst().why()).isEmpty();
    }

    @Test
    void a_summary_tells_what_was_set_aside() throws Exception {
        for (var fate : List.of(Kind.QUARANTINED, Kind.DISCARDED)) {
            var queueId = fate.name();
            write(TraceStep.of(Kind.RECEIVED, queueId, "a@there.test", ""));
            write(TraceStep.of(fate, queueId, "a@there.test", "b@here.test"));
            assertThat(search(queueId, "", "").found().getFirst().status()).isEqualTo(fate.word());
        }
    }

    @Test
    void a_refusal_is_found_too() throws Exception {
        write(TraceStep.of(Kind.REFUSED, null, "a@there.test", "nobody@here.test")
                .reply("NO_SUCH_RECIPIENT x"));
        var found = search("such_recip", "", "nobody@here.test").found().getFirst();
        assertThat(found.status()).isEqualTo("refused");
        assertThat(found.queueId()).isEmpty();
        assertThat(found.recipients()).isEqualTo("nobody@here.test");
    }

    private List<String> came(String status) throws SQLException {
        try (var connection = database.getConnection()) {
            return ids(new TraceSearch(connection)
                    .search(new TraceSearch.Wanted("", "", "", "", "", status, null, null, null), 0, 10));
        }
    }

    @Test
    void a_message_is_found_by_what_it_came_to() throws Exception {
        aMessage("Q1", "a@here.test", "one", Kind.RELAYED, "x@there.test");
        aMessage("Q2", "a@here.test", "two", Kind.DEFERRED, "x@there.test");
        aMessage("Q3", "a@here.test", "three", Kind.DEFERRED, "x@there.test");
        write(TraceStep.of(Kind.RELAYED, "Q3", "a@here.test", "x@there.test"));
        write(TraceStep.of(Kind.REFUSED, null, "a@there.test", "b@here.test"));
        assertThat(came("deferred")).containsExactly("Q2");
        assertThat(came("relayed")).containsExactly("Q3", "Q1");
        assertThat(came("refused")).containsExactly("");
        assertThat(came("' OR true --")).isEmpty();
    }

    @Test
    void a_refusal_for_now_is_deferred_and_tells_the_reply_as_it_was_sent() throws Exception {
        write(
                refused("b@here.test", "helo=host.test with=ESMTP after=100ms").reply("450 4.1.1 Ask again"),
                refused("b@here.test", "helo=host.test with=ESMTP after=200ms").reply("550 5.1.1 No such user"));
        aMessage("Q1", "a@here.test", "one", Kind.DEFERRED, "x@there.test");
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection);
            assertThat(search.steps("1s7f00aa", null))
                    .extracting(step -> step.step() + " " + step.reply())
                    .containsExactly(
                            "connected ", "greeted ", "deferred 450 4.1.1 Ask again", "refused 550 5.1.1 No such user");
        }
        assertThat(search("", "", "b@here.test").found())
                .extracting(found -> found.status() + " " + found.why())
                .containsExactly("refused 550 5.1.1 No such user", "deferred 450 4.1.1 Ask again");
        assertThat(came("refused")).containsExactly("");
        assertThat(came("deferred")).containsExactlyInAnyOrder("Q1", "");
    }

    @Test
    void a_message_is_found_by_its_session_and_its_client() throws Exception {
        write(TraceStep.of(Kind.RECEIVED, "Q1", "a@there.test", "")
                .session("S1")
                .client("[192.0.2.1]:25"));
        write(TraceStep.of(Kind.RECEIVED, "Q2", "a@there.test", "")
                .session("S2")
                .client("[192.0.2.2]:25"));
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection);
            assertThat(ids(search.search(
                            new TraceSearch.Wanted("", "", "", "192.0.2.2", "", "", null, null, null), 0, 10)))
                    .containsExactly("Q2");
            assertThat(ids(search.search(new TraceSearch.Wanted("", "", "", "", "S1", "", null, null, null), 0, 10)))
                    .containsExactly("Q1");
        }
    }

    @Test
    void days_that_are_over_are_found_by_their_letters() throws Exception {
        var partitions = new TracePartitions(database);
        var yesterday = TracePartitions.today().minusDays(1);
        partitions.tend(yesterday, 30);
        aMessage("Q1", "alice@here.test", "a lunch", Kind.RELAYED, "x@there.test");
        sql("UPDATE trace SET at = at - interval '1 day'");
        partitions.tend(TracePartitions.today(), 30);
        assertThat(ids(search("a lun", "", ""))).containsExactly("Q1");
        assertThat(ids(search("", "alic", ""))).containsExactly("Q1");
        assertThat(ids(search("", "", "there"))).containsExactly("Q1");
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'trace%letters'")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var execute = connection.createStatement()) {
            execute.execute(statement);
        }
    }

    @Test
    void pages_have_a_stable_order_and_a_total() throws Exception {
        for (int i = 0; i < 25; i++) {
            aMessage("Q" + (100 + i), "a@here.test", "x", Kind.RELAYED, "x@there.test");
        }
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection);
            var wanted = new TraceSearch.Wanted(
                    "", "a@here.test", "", "", "", "", null, Instant.now().plusSeconds(60), null);
            var first = search.search(wanted, 0, 10);
            var third = search.search(wanted, 20, 10);
            assertThat(first.total()).isEqualTo(25);
            assertThat(ids(first).getFirst()).isEqualTo("Q124");
            assertThat(ids(third)).containsExactly("Q104", "Q103", "Q102", "Q101", "Q100");
        }
    }

    @Test
    void steps_keep_their_order_and_carry_no_harm() throws Exception {
        var steps = IntStream.range(0, 50)
                .mapToObj(i -> TraceStep.of(Kind.QUEUED, "Q1", "A@x", i + "@y").detail("a\r\nb\0" + i))
                .toArray(TraceStep[]::new);
        write(steps);
        try (var connection = database.getConnection()) {
            var found = new TraceSearch(connection).steps("Q1", null);
            assertThat(found.stream().map(TraceSearch.Step::recipient))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(i -> i + "@y").toList());
            assertThat(found.getLast().detail()).isEqualTo("a\\x0d\\x0ab\\x0049");
            assertThat(found.getLast().sender()).isEqualTo("a@x");
        }
    }

    @Test
    void what_led_to_a_message_is_told_step_by_step() throws Exception {
        write(TraceStep.of(Kind.RECEIVED, "Q1", "a@here.test", "")
                .session("s1")
                .client("192.0.2.1:4321")
                .detail("helo=host.test with=ESMTPSA tls=TLSv1.3 TLS_AES_128_GCM_SHA256 login=a b@here.test auth=PLAIN"
                        + " after=1500ms size=7 message-id=<1@x> subject=after=1ms size=9"));
        write(TraceStep.of(Kind.RECEIVED, "Q2", "a@there.test", "")
                .detail("helo=host.test with=ESMTP size=7 subject=login=x"));
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection);
            var steps = search.steps("Q1", null);
            assertThat(steps)
                    .extracting(step -> step.step() + " " + step.client() + " " + step.detail())
                    .containsExactly(
                            "connected 192.0.2.1:4321 ",
                            "encrypted  TLSv1.3 TLS_AES_128_GCM_SHA256",
                            "greeted  host.test (ESMTPSA)",
                            "logged-in  a b@here.test (PLAIN)",
                            "received 192.0.2.1:4321 size=7 message-id=<1@x> subject=after=1ms size=9");
            assertThat(steps).allMatch(step -> step.session().equals("s1"));
            var received = Objects.requireNonNull(steps.getLast().at());
            assertThat(steps.getFirst().at()).isEqualTo(received.minusMillis(1500));
            assertThat(search.steps("Q2", null))
                    .extracting(TraceSearch.Step::step)
                    .containsExactly("connected", "greeted", "received");
        }
    }

    private static TraceStep refused(String recipient, String detail) {
        return TraceStep.of(Kind.REFUSED, null, "a@there.test", recipient)
                .session("1s7f00aa")
                .client("192.0.2.1:4321")
                .reply("NO_SUCH_RECIPIENT x")
                .detail(detail);
    }

    @Test
    void what_led_to_refusals_in_a_session_is_told_once() throws Exception {
        write(
                refused("", "helo= with=SMTP after=5ms"),
                refused("nobody@here.test", "helo=host.test with=ESMTP after=100ms"),
                refused("neither@other.test", "helo=host.test with=ESMTP after=130ms"),
                refused(
                        "nobody@here.test",
                        "helo=host.test with=ESMTPS tls=TLSv1.3 TLS_X after=900ms size=7 subject=x"));
        aMessage("Q1", "a@there.test", "taken", Kind.DELIVERED, "b@here.test");
        var found = search("", "", "nobody@here.test").found();
        assertThat(found).extracting(TraceSearch.Found::session).containsOnly("1s7f00aa");
        try (var connection = database.getConnection()) {
            var search = new TraceSearch(connection);
            assertThat(search.steps("1s7f00aa", null))
                    .extracting(step -> step.step() + " " + step.recipient() + " " + step.detail())
                    .containsExactly(
                            "connected  ",
                            "refused  ",
                            "greeted  host.test (ESMTP)",
                            "refused nobody@here.test ",
                            "refused neither@other.test ",
                            "encrypted  TLSv1.3 TLS_X",
                            "greeted  host.test (ESMTPS)",
                            "refused nobody@here.test size=7 subject=x");
            assertThat(search.steps("1s7f00aa", Set.of("other.test")))
                    .extracting(TraceSearch.Step::step)
                    .containsExactly("connected", "greeted", "refused");
            assertThat(search.steps("1s7f00aa", Set.of("elsewhere.test"))).isEmpty();
            assertThat(search.steps("", null)).isEmpty();
            assertThat(search.steps(List.of("Q1", "1s7f00aa"), null))
                    .extracting(TraceSearch.Step::queueId)
                    .startsWith("Q1", "Q1", "Q1", "")
                    .hasSize(11);
        }
    }

    @Test
    void refusals_are_written_without_a_transaction_of_the_caller() throws Exception {
        var trace = new TestHouse(database).bean(Trace.class);
        trace.later(TraceStep.of(Kind.REFUSED, null, "a@b", "c@d"));
        assertThat(search("", "", "c@d").found()).hasSize(1);
    }

    @Test
    void days_are_made_ahead_and_dropped_whole() throws Exception {
        var partitions = new TracePartitions(database);
        var day = LocalDate.of(2026, 3, 6);
        partitions.tend(day, 30);
        assertThat(partitions.days()).hasSize(8).contains(day, day.plusDays(7));
        partitions.tend(day, 30);
        assertThat(partitions.days()).hasSize(8);
        partitions.tend(day.plusDays(33), 30);
        assertThat(partitions.days()).doesNotContain(day, day.plusDays(2)).contains(day.plusDays(3), day.plusDays(40));
    }

    @Test
    void rows_of_today_go_to_the_day_and_not_to_the_rest() throws Exception {
        new TracePartitions(database).tend(TracePartitions.today(), 30);
        write(TraceStep.of(Kind.QUEUED, "Q1", "a", "b"));
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM trace_other")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void a_day_whose_rows_went_to_the_rest_is_left_alone_and_later_days_are_made() throws Exception {
        write(TraceStep.of(Kind.QUEUED, "Q1", "a", "b"));
        var partitions = new TracePartitions(database);
        partitions.tend(TracePartitions.today(), 30);
        assertThat(partitions.days())
                .doesNotContain(TracePartitions.today())
                .contains(TracePartitions.today().plusDays(1));
    }
}
