package org.mailroom.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Decision.Action;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;

/** Over real sockets: what rspamd says is done, and what it does not say harms nobody. */
@Timeout(60)
class RspamdCheckTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String TEXT = "Subject: hi\r\n\r\ntext\r\n";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-06T12:00:00Z"));
    private Rspamd rspamd;

    @BeforeEach
    void start() throws Exception {
        rspamd = new Rspamd();
    }

    @AfterEach
    void stop() {
        rspamd.close();
    }

    private RspamdCheck check(URI address, Duration timeout, int concurrency, WhenDown whenDown) {
        var settings = new RspamdSettings(
                address,
                timeout,
                new Availability(concurrency, whenDown, 3, Duration.ofSeconds(30)),
                SpamLimits.AS_ADVISED);
        return new RspamdCheck(settings, now::get);
    }

    private RspamdCheck check() {
        return check(rspamd.uri(), LONG, 5, WhenDown.ACCEPT);
    }

    private static Decision judge(RspamdCheck check, Envelope envelope, String text) {
        var source = MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
        var client = Clients.stranger("there.test", "192.0.2.1");
        return check.content(
                new Question.Content(client, envelope, "Q1", MessageParser.parse(source), source, new Facts()));
    }

    private static Decision judge(RspamdCheck check) {
        return judge(check, Envelope.of("a@there.test", List.of("bob@here.test")), TEXT);
    }

    private static void unchecked(Decision verdict, String why) {
        assertThat(verdict.action()).isEqualTo(Action.PASS);
        assertThat(verdict.detail()).startsWith("not checked: ").contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "reject, REFUSE",
        "soft reject, DEFER",
        "greylist, PASS",
        "add header, JUNK",
        "rewrite subject, JUNK",
        "quarantine, JUNK",
        "discard, JUNK",
        "no action, PASS",
        "something new, PASS"
    })
    void each_action_has_its_verdict(String action, Action verdict) {
        rspamd.says(action);
        var judged = judge(check());
        assertThat(judged.action()).isEqualTo(verdict);
        assertThat(judged.rule()).isEqualTo("rspamd");
        assertThat(judged.detail()).isEqualTo(action + ", score 7.20 of 15.00");
    }

    @ParameterizedTest
    @CsvSource({
        "no action, 4, 9, REFUSE, JUNK",
        "no action, 4, 7.2, REFUSE, REFUSE",
        "no action, 4, 7.2, QUARANTINE, QUARANTINE",
        "reject, 4, 9, REFUSE, JUNK",
        "add header, 8, 9, REFUSE, PASS",
        "reject, , , QUARANTINE, QUARANTINE",
        "reject, , , JUNK, JUNK",
        "soft reject, 4, 9, REFUSE, DEFER"
    })
    void limits_of_our_own_go_before_its_advice(
            String action, @Nullable Double junk, @Nullable Double refuse, SpamLimits.Sure sure, Action verdict) {
        rspamd.says(action);
        var settings = new RspamdSettings(
                rspamd.uri(),
                LONG,
                new Availability(5, WhenDown.ACCEPT, 3, Duration.ofSeconds(30)),
                new SpamLimits(junk, refuse, sure));
        assertThat(judge(new RspamdCheck(settings, now::get)).action()).isEqualTo(verdict);
    }

    @Test
    void whom_somebody_here_trusts_is_not_judged() {
        var source = MessageSource.of(TEXT.getBytes(StandardCharsets.ISO_8859_1));
        var facts = new Facts();
        facts.put(Facts.ALLOWED, "rule friends");
        check().content(new Question.Content(
                Clients.stranger("there.test", "192.0.2.1"),
                Envelope.of("a@there.test", List.of("bob@here.test")),
                "Q1",
                MessageParser.parse(source),
                source,
                facts));
        assertThat(rspamd.asked).isEmpty();
    }

    @Test
    void it_is_told_who_sends_what_to_whom() {
        judge(check(), Envelope.of("a@there.test", List.of("bob@here.test", "eve@here.test")), TEXT.repeat(50_000));
        var asked = rspamd.asked.getFirst();
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /checkv2");
        assertThat(asked.field("Ip")).containsExactly("192.0.2.1");
        assertThat(asked.field("Helo")).containsExactly("there.test");
        assertThat(asked.field("From")).containsExactly("a@there.test");
        assertThat(asked.field("Rcpt")).containsExactly("bob@here.test", "eve@here.test");
        assertThat(asked.field("Queue-id")).containsExactly("Q1");
        assertThat(asked.body()).isEqualTo(TEXT.repeat(50_000));
    }

    @Test
    void a_bounce_and_an_address_that_could_inject_a_field_are_told_safely() {
        judge(check(), Envelope.of("", List.of("\"a\r\nFrom: x\"@here.test", "ä@here.test")), TEXT);
        assertThat(rspamd.asked.getFirst().field("From")).containsExactly("<>");
        assertThat(rspamd.asked.getFirst().field("Rcpt")).containsExactly("\"a??From: x\"@here.test", "?@here.test");
    }

    @Test
    void its_words_for_the_client_are_passed_on_as_one_harmless_line() {
        rspamd.answers(200, "{\"action\":\"reject\",\"messages\":{\"smtp_message\":\"No\\r\\n250 ok \\u202e\"}}");
        assertThat(judge(check()))
                .isEqualTo(
                        Decision.refuse(Reason.POLICY, "rspamd", "No??250 ok ?").detail("reject, score 0.00 of 0.00"));
    }

    @Test
    void one_that_is_slow_is_waited_for() throws Exception {
        rspamd.says("add header").waits();
        inBackground(() -> judge(check()), verdict -> {
            rspamd.awaitQuestion();
            rspamd.go();
            assertThat(verdict.call().action()).isEqualTo(Action.JUNK);
        });
    }

    @Test
    void one_that_hangs_is_left_and_no_connection_stays() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var check = check(URI.create("http://127.0.0.1:" + silent.getLocalPort()), SHORT, 5, WhenDown.ACCEPT);
            unchecked(judge(check), "no answer in PT1S");
            try (var connection = silent.accept()) {
                connection.setSoTimeout(20_000);
                assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .startsWith("POST /checkv2 HTTP/1.1\r\n");
            }
        }
    }

    @Test
    void one_that_stops_in_the_middle_of_its_answer_is_left() {
        rspamd.stopsInTheMiddle();
        unchecked(judge(check(rspamd.uri(), SHORT, 5, WhenDown.ACCEPT)), "no answer in PT1S");
    }

    @Test
    void one_that_is_down_decides_nothing_or_defers_as_the_operator_wants() {
        rspamd.close();
        unchecked(judge(check()), "Connect");
        assertThat(judge(check(rspamd.uri(), LONG, 5, WhenDown.DEFER)).action()).isEqualTo(Action.DEFER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "no json", "{\"action\":1}", "{\"action\":\"\"}", "{\"action\":"})
    void nonsense_is_no_answer(String nonsense) {
        rspamd.answers(200, nonsense);
        unchecked(judge(check()), "");
    }

    @Test
    void an_answer_without_end_is_no_answer() {
        rspamd.answers(200, "{\"action\":\"reject\",\"x\":\"" + "x".repeat(5_000_000) + "\"}");
        unchecked(judge(check()), "");
    }

    @Test
    void who_finds_no_place_does_not_wait_for_one() throws Exception {
        rspamd.waits();
        var check = check(rspamd.uri(), LONG, 1, WhenDown.ACCEPT);
        inBackground(() -> judge(check), first -> {
            rspamd.awaitQuestion();
            unchecked(judge(check), "too many wait for it");
            rspamd.go();
            assertThat(first.call().detail()).startsWith("no action");
            assertThat(judge(check).detail()).startsWith("no action");
        });
    }

    @Test
    void after_some_failures_it_is_not_asked_for_a_while_then_by_one() {
        var check = check();
        rspamd.answers(500, "broken");
        for (int i = 0; i < 3; i++) {
            unchecked(judge(check), "HTTP 500");
        }
        unchecked(judge(check), "it failed lately");
        now.updateAndGet(time -> time.plusSeconds(30));
        unchecked(judge(check), "HTTP 500");
        unchecked(judge(check), "it failed lately");
        now.updateAndGet(time -> time.plusSeconds(30));
        rspamd.answers(200, "{\"action\":\"reject\"}");
        assertThat(judge(check).action()).isEqualTo(Action.REFUSE);
        assertThat(judge(check).action()).isEqualTo(Action.REFUSE);
        assertThat(rspamd.asked).hasSize(6);
    }

    @Test
    void a_message_that_it_cannot_read_is_no_reason_to_stop_asking() {
        var check = check();
        rspamd.answers(400, "{\"error\":\"empty\"}");
        for (int i = 0; i < 10; i++) {
            unchecked(judge(check), "HTTP 400");
        }
        assertThat(rspamd.asked).hasSize(10);
    }

    @Test
    void without_an_address_nobody_is_asked() {
        var source = MessageSource.of(new byte[0]);
        var question = new Question.Content(
                Clients.stranger("there.test", "192.0.2.1"),
                Envelope.of("", List.of()),
                "Q1",
                MessageParser.parse(source),
                source,
                new Facts());
        assertThat(check(null, LONG, 5, WhenDown.DEFER).content(question)).isEqualTo(Decision.NONE);
    }

    private interface Meanwhile<T> {
        void run(Callable<T> result) throws Exception;
    }

    private static <T> void inBackground(Callable<T> work, Meanwhile<T> meanwhile) throws Exception {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var future = thread.submit(work);
            meanwhile.run(() -> future.get(20, TimeUnit.SECONDS));
        }
    }
}
