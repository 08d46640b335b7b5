package org.mailroom.connector.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.connector.relay.ScriptedHost.Script;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand;

/** One message to a host that behaves, or does not. */
@Timeout(30)
class RelayTest {
    private static final MessageSource MESSAGE = message("Subject: a\r\n\r\nhello\r\n");

    private final List<ScriptedHost> hosts = new ArrayList<>();
    private final TestPool pool = new TestPool();
    private final RelayManagedConnectionFactory factory = new RelayManagedConnectionFactory();

    /** Ends the scripts that wait without reading. */
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void everybody_kept_to_the_script() throws Exception {
        over.countDown();
        for (var host : hosts) {
            host.close();
        }
    }

    private ScriptedHost host(Script... scripts) throws IOException {
        var host = new ScriptedHost(scripts);
        hosts.add(host);
        return host;
    }

    private static MessageSource message(String text) {
        return MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Relay connect(ScriptedHost host) throws IOException {
        var timeouts = RelayTimeouts.parse(
                "connect=PT2S,greeting=PT1S,command=PT1S,data=PT1S,block=PT1S,dot=PT1S,quit=PT0.1S");
        return connections().connect(target(host.port()), timeouts, Authorities.OF_PLATFORM);
    }

    private RelayConnectionFactory connections() {
        return (RelayConnectionFactory) factory.createConnectionFactory(pool);
    }

    private static RelayTarget target(int port) {
        return new RelayTarget("mx.example", "127.0.0.1", port, "us.example", TlsDemand.OPPORTUNISTIC);
    }

    private DeliveryReport send(ScriptedHost host, MessageSource content, String... recipients) throws IOException {
        try (var relay = connect(host)) {
            return relay.send(Envelope.of("a@here.example", List.of(recipients)), content);
        }
    }

    private Outcome send(Script... scripts) throws IOException {
        return send(host(scripts), MESSAGE, "b@there.example").outcomes().getFirst();
    }

    private Outcome refusal(Script script) throws IOException {
        var host = host(script);
        return catchThrowableOfType(RelayException.class, () -> connect(host)).outcome();
    }

    @Test
    void message_is_delivered_when_the_final_dot_is_answered() throws Exception {
        var host = host(guest -> guest.welcome()
                .takeMessage()
                .say("250 2.1.5 queued as 7")
                .hear("QUIT")
                .say("221 bye"));
        var report = send(host, MESSAGE, "b@there.example");
        pool.clear();
        assertThat(report.outcomes())
                .containsExactly(new Outcome(Kind.DELIVERED, 250, "2.1.5", "250 2.1.5 queued as 7"));
        assertThat(report.tls()).isEmpty();
        assertThat(host.heard)
                .containsExactly(
                        "EHLO us.example",
                        "MAIL FROM:<a@here.example>",
                        "RCPT TO:<b@there.example>",
                        "DATA",
                        "Subject: a\r\n\r\nhello\r\n.\r\n",
                        "QUIT");
    }

    @Test
    void commands_go_out_together_where_pipelining_is_offered() throws Exception {
        var host = host(guest -> {
            guest.welcome("PIPELINING", "8BITMIME", "SIZE 1000");
            // Nothing is answered before all is here.
            guest.hear("MAIL FROM:<a@here.example> SIZE=21 BODY=8BITMIME")
                    .hear("RCPT")
                    .hear("RCPT")
                    .hear("RCPT")
                    .hear("DATA");
            guest.say("250 ok", "250 ok", "550 5.1.1 nobody", "450 later", "354 go on")
                    .content();
            guest.say("250 ok").waitForEnd();
        });
        var report = send(host, MESSAGE, "b@there.example", "c@there.example", "d@there.example");
        assertThat(report.outcomes())
                .extracting(Outcome::kind)
                .containsExactly(Kind.DELIVERED, Kind.FAILED, Kind.DEFERRED);
        assertThat(report.outcomes()).extracting(Outcome::status).containsExactly("2.0.0", "5.1.1", "4.0.0");
    }

    @Test
    void many_recipients_are_pipelined_in_groups() throws Exception {
        var recipients = IntStream.range(0, 130)
                .mapToObj(i -> "r" + i + "@there.example")
                .toArray(String[]::new);
        var host = host(guest -> {
            guest.welcome("PIPELINING").answer("MAIL", "250 ok");
            for (int i = 0; i < recipients.length; i++) {
                guest.answer("RCPT TO:<r" + i + "@", i % 2 == 0 ? "250 ok" : "550 no");
            }
            guest.answer("DATA", "354 go on").content();
            guest.say("250 ok").waitForEnd();
        });
        var report = send(host, MESSAGE, recipients);
        assertThat(report.outcomes())
                .filteredOn(o -> o.kind() == Kind.DELIVERED)
                .hasSize(65);
        assertThat(report.outcomes().get(1).text()).isEqualTo("550 no");
    }

    @Test
    void no_recipient_means_no_data() throws Exception {
        var host = host(guest -> guest.welcome()
                .answer("MAIL", "250 ok")
                .answer("RCPT", "550 5.1.1 no")
                .waitForEnd());
        assertThat(send(host, MESSAGE, "b@there.example").outcomes().getFirst().kind())
                .isEqualTo(Kind.FAILED);
    }

    @Test
    void data_that_is_accepted_without_recipients_gets_an_empty_message() throws Exception {
        var host = host(guest -> {
            guest.welcome("PIPELINING").hear("MAIL").hear("RCPT").hear("DATA");
            guest.say("250 ok", "550 no", "354 go on");
            assertThat(guest.content()).isEqualTo(".\r\n");
            guest.say("554 no valid recipients").waitForEnd();
        });
        assertThat(send(host, MESSAGE, "b@there.example").outcomes().getFirst().text())
                .isEqualTo("550 no");
    }

    @Test
    void dots_are_stuffed_and_stray_line_ends_mended() throws Exception {
        var host = host(guest -> {
            guest.welcome().answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            assertThat(guest.content()).isEqualTo("..\r\n...\r\na.\r\nb\r\n..\r\nc\r\n..\r\n\r\n..d\r\n.\r\n");
            guest.say("250 ok").waitForEnd();
        });
        var report = send(host, message(".\r\n..\r\na.\r\nb\n.\r\nc\r.\r\n\n.d"), "b@there.example");
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DELIVERED);
    }

    @Test
    void long_message_arrives_octet_for_octet() throws Exception {
        var text = ("." + "x".repeat(70) + "\r\n").repeat(5000);
        var host = host(guest -> {
            guest.welcome().answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            assertThat(guest.content()).isEqualTo(text.replace(".x", "..x") + ".\r\n");
            guest.say("250 ok").waitForEnd();
        });
        assertThat(send(host, message(text), "b@there.example")
                        .outcomes()
                        .getFirst()
                        .kind())
                .isEqualTo(Kind.DELIVERED);
    }

    @Test
    void helo_is_for_those_who_do_not_know_ehlo() throws Exception {
        var outcome = send(guest -> guest.say("220 old.example")
                .answer("EHLO", "502 what?")
                .answer("HELO us.example", "250 hello")
                .takeMessage()
                .say("250 ok")
                .waitForEnd());
        assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
    }

    // Refusals at each step

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 down", "554 5.7.1 not you", "450 later"})
    void refusing_greeting_is_told(String greeting) throws Exception {
        var outcome = refusal(guest -> guest.say(greeting).waitForEnd());
        assertThat(outcome.kind()).isEqualTo(greeting.startsWith("5") ? Kind.FAILED : Kind.DEFERRED);
        assertThat(outcome.text()).isEqualTo(greeting);
        assertThat(pool.broken).isEqualTo(1);
    }

    @Test
    void refused_hello_is_told() throws Exception {
        var outcome = refusal(guest -> guest.say("220 hi")
                .answer("EHLO", "550 no")
                .answer("HELO", "550 5.7.1 no")
                .waitForEnd());
        assertThat(outcome).isEqualTo(new Outcome(Kind.FAILED, 550, "5.7.1", "550 5.7.1 no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"451 4.7.1 greylisted", "550 5.7.1 spam", "421 4.3.2 bye", "333 what"})
    void refused_mail_is_for_all(String reply) throws Exception {
        var outcome = send(guest -> guest.welcome().answer("MAIL", reply).waitForEnd());
        assertThat(outcome.kind()).isEqualTo(reply.startsWith("5") ? Kind.FAILED : Kind.DEFERRED);
        assertThat(outcome.text()).endsWith(reply);
    }

    @Test
    void refused_data_spares_those_refused_before() throws Exception {
        var host = host(guest -> guest.welcome()
                .answer("MAIL", "250 ok")
                .answer("RCPT", "550 nobody")
                .answer("RCPT", "250 ok")
                .answer("DATA", "451 4.3.0 disk")
                .waitForEnd());
        var report = send(host, MESSAGE, "b@there.example", "c@there.example");
        assertThat(report.outcomes()).extracting(Outcome::text).containsExactly("550 nobody", "451 4.3.0 disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"452 4.2.2 full", "554 5.7.1 virus", "421 4.3.2 bye"})
    void reply_to_the_dot_is_for_all_accepted(String reply) throws Exception {
        var outcome = send(guest -> guest.welcome().takeMessage().say(reply).waitForEnd());
        assertThat(outcome.kind()).isEqualTo(reply.startsWith("5") ? Kind.FAILED : Kind.DEFERRED);
        assertThat(outcome.text()).isEqualTo(reply);
    }

    @Test
    void closing_in_between_defers_the_rest_in_the_hosts_own_words() throws Exception {
        var host = host(guest -> guest.welcome()
                .answer("MAIL", "250 ok")
                .answer("RCPT", "550 nobody")
                .answer("RCPT", "421 4.3.2 going down")
                .waitForEnd());
        var report = send(host, MESSAGE, "b@there.example", "c@there.example", "d@there.example");
        assertThat(report.outcomes())
                .extracting(Outcome::text)
                .containsExactly("550 nobody", "421 4.3.2 going down", "421 4.3.2 going down");
        assertThat(pool.broken).isEqualTo(1);
    }

    @Test
    void last_words_in_the_middle_of_a_message_are_heeded() throws Exception {
        var host = host(guest -> {
            guest.welcome().answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            guest.say("552 5.3.4 enough").waitForEnd();
        });
        var report = send(host, message("x".repeat(100) + "\r\n"), "b@there.example");
        assertThat(report.outcomes().getFirst()).isEqualTo(new Outcome(Kind.FAILED, 552, "5.3.4", "552 5.3.4 enough"));
    }

    @Test
    void too_large_a_message_is_not_tried() throws Exception {
        var outcome = send(guest -> guest.welcome("SIZE 20").waitForEnd());
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.status()).isEqualTo("5.3.4");
    }

    @Test
    void size_without_a_limit_is_no_limit() throws Exception {
        var outcome = send(
                guest -> guest.welcome("SIZE 0").takeMessage().say("250 ok").waitForEnd());
        assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
    }

    // Addresses

    @Test
    void international_addresses_need_smtputf8() throws Exception {
        var host = host(guest -> guest.welcome().takeMessage().say("250 ok").waitForEnd());
        var report = send(host, MESSAGE, "jörg@there.example", "b@there.example");
        assertThat(report.outcomes()).extracting(Outcome::status).containsExactly("5.6.7", "2.0.0");
    }

    @Test
    void international_addresses_go_where_smtputf8_is_offered() throws Exception {
        var host = host(guest -> {
            guest.welcome("SMTPUTF8").answer("MAIL FROM:<a@here.example> SMTPUTF8", "250 ok");
            guest.answer("RCPT TO:<jörg@there.example>", "250 ok")
                    .answer("DATA", "354 go on")
                    .content();
            guest.say("250 ok").waitForEnd();
        });
        assertThat(send(host, MESSAGE, "jörg@there.example")
                        .outcomes()
                        .getFirst()
                        .kind())
                .isEqualTo(Kind.DELIVERED);
    }

    @Test
    void message_that_declares_smtputf8_fails_without_it() throws Exception {
        var host = host(guest -> guest.welcome().waitForEnd());
        try (var relay = connect(host)) {
            var envelope = new Envelope(
                    "a@here.example", Map.of("SMTPUTF8", ""), List.of(Envelope.Recipient.of("b@there.example")));
            assertThat(relay.send(envelope, MESSAGE).outcomes().getFirst().status())
                    .isEqualTo("5.6.7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b@x>\r\nRCPT TO:<c@x", "b@x> SIZE=1", "", "b\u0000@x", "\"b@x", "\ud800@x"})
    void address_cannot_end_its_command(String address) throws Exception {
        var host = host(guest -> guest.welcome("SMTPUTF8").waitForEnd());
        var report = send(host, MESSAGE, address);
        assertThat(report.outcomes().getFirst().status()).isEqualTo("5.1.3");
        assertThat(host.heard).containsExactly("EHLO us.example");
    }

    @Test
    void bounce_has_the_empty_reverse_path() throws Exception {
        var host = host(guest -> guest.welcome().takeMessage().say("250 ok").waitForEnd());
        try (var relay = connect(host)) {
            relay.send(Envelope.of("", List.of("\"b c>\"@there.example")), MESSAGE);
        }
        assertThat(host.heard).contains("MAIL FROM:<>", "RCPT TO:<\"b c>\"@there.example>");
    }

    // Silence and noise

    @Test
    void nobody_listens() throws Exception {
        var host = host();
        host.close();
        var outcome =
                catchThrowableOfType(RelayException.class, () -> connect(host)).outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.status()).isEqualTo("4.4.1");
        assertThat(outcome.text()).contains("mx.example[127.0.0.1]");
    }

    static Stream<Script> silences() {
        return Stream.of(
                guest -> guest.waitForEnd(),
                guest -> guest.sayRaw("220 half a greet").waitForEnd(),
                guest -> guest.say("220 hi").waitForEnd(),
                guest -> guest.say("220 hi")
                        .hear("EHLO")
                        .sayRaw("250-a\r\n250-b\r\n")
                        .waitForEnd());
    }

    @ParameterizedTest
    @MethodSource("silences")
    void silence_ends_in_time(Script script) throws Exception {
        var outcome = refusal(script);
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.status()).isEqualTo("4.4.2");
        assertThat(outcome.text()).contains("nothing within 1.0 s");
    }

    @Test
    void octet_now_and_then_is_silence_too() throws Exception {
        var outcome = refusal(guest -> {
            do {
                guest.sayUnheard("2");
            } while (!over.await(100, TimeUnit.MILLISECONDS));
        });
        over.countDown();
        assertThat(outcome.text()).contains("nothing within");
    }

    @Test
    void silence_at_a_command_defers() throws Exception {
        var outcome = send(guest -> guest.welcome().hear("MAIL").waitForEnd());
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.text()).contains("at MAIL: nothing within");
    }

    @Test
    void host_that_reads_nothing_is_left() throws Exception {
        var host = host(guest -> {
            guest.welcome().answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            over.await();
        });
        var report = send(host, message("x".repeat(50_000_000)), "b@there.example");
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DEFERRED);
        assertThat(report.outcomes().getFirst().status()).isEqualTo("4.4.2");
        assertThat(pool.broken).isEqualTo(1);
    }

    @Test
    void connection_that_drops_before_the_dot_defers() throws Exception {
        var host = host(guest -> {
            guest.welcome().answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            guest.reset();
        });
        var report = send(host, message("x".repeat(20_000_000)), "b@there.example");
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DEFERRED);
    }

    @Test
    void connection_that_drops_after_the_dot_leaves_it_unknown() throws Exception {
        assertThat(send(guest -> guest.welcome().takeMessage()).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(send(guest -> guest.welcome().takeMessage().reset()).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(pool.broken).isEqualTo(2);
    }

    @Test
    void silence_after_the_dot_leaves_it_unknown() throws Exception {
        assertThat(send(guest -> guest.welcome().takeMessage().waitForEnd()).kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void garbage_after_the_dot_leaves_it_unknown() throws Exception {
        var outcome =
                send(guest -> guest.welcome().takeMessage().say("fine, thanks").waitForEnd());
        assertThat(outcome.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(outcome.status()).isEqualTo("4.5.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request",
                "99 low",
                "600 high",
                "22O letter",
                "220hello",
                "",
                "\u0016\u0003\u0001"
            })
    void garbage_for_a_greeting_defers(String greeting) throws Exception {
        var outcome = refusal(guest -> guest.say(greeting).waitForEnd());
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.status()).isEqualTo("4.5.0");
    }

    @Test
    void reply_without_end_is_left() throws Exception {
        var outcome = refusal(guest -> {
            guest.say("220 hi").hear("EHLO");
            for (int i = 0; i < 400; i++) {
                guest.say("250-more");
            }
            guest.waitForEnd();
        });
        assertThat(outcome.text()).contains("A reply without end");
    }

    @Test
    void line_without_end_is_left() throws Exception {
        var outcome =
                refusal(guest -> guest.sayRaw("220 " + "x".repeat(100_000)).waitForEnd());
        assertThat(outcome.text()).contains("A reply line without end");
    }

    @Test
    void codes_that_differ_within_a_reply_are_garbage() throws Exception {
        assertThat(refusal(guest -> guest.say("220-hi", "250 there").waitForEnd())
                        .status())
                .isEqualTo("4.5.0");
    }

    @Test
    void text_of_a_reply_is_made_fit_to_show() throws Exception {
        var outcome = send(guest -> guest.welcome()
                .answer("MAIL", "550-5.7.1 no \u001b[31m\u202e\r\n550 5.7.1 " + "y".repeat(1000))
                .waitForEnd());
        assertThat(outcome.text())
                .startsWith("550 5.7.1 no \\u001b[31m\\u202e yyy")
                .endsWith("y…")
                .hasSize(512);
    }

    @Test
    void bare_lf_ends_a_reply() throws Exception {
        var outcome = send(guest -> {
            guest.sayRaw("220 hi\n").hear("EHLO").sayRaw("250 hello\n");
            guest.takeMessage().sayRaw("250 ok\n").waitForEnd();
        });
        assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
    }

    // Ours

    @Test
    void message_that_cannot_be_read_never_gets_its_dot() throws Exception {
        var host = host(guest -> {
            guest.welcome().answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            guest.waitForEnd();
        });
        var report = send(host, new Unreadable(), "b@there.example");
        assertThat(report.outcomes().getFirst())
                .isEqualTo(new Outcome(Kind.DEFERRED, 0, "4.3.0", "The message cannot be read"));
        assertThat(pool.broken).isEqualTo(1);
    }

    /** Fails in the middle. */
    private static final class Unreadable implements MessageSource {
        @Override
        public long size() {
            return 100_000;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private int read;

                @Override
                public int read() throws IOException {
                    if (++read > 50_000) {
                        throw new IOException("the disk is gone");
                    }
                    return 'x';
                }
            };
        }
    }
}
