package org.mailroom.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestConfig;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.receive.Client;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Decision.Action;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;

/** Over real sockets: clamd(8), INSTREAM. */
@Timeout(60)
class ClamavCheckTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-06T12:00:00Z"));
    private final Facts facts = new Facts();
    private Clamd clamd;

    @BeforeEach
    void start() throws Exception {
        clamd = new Clamd();
    }

    @AfterEach
    void stop() throws Exception {
        clamd.close();
    }

    private ClamavCheck check(String... more) {
        var values = new HashMap<>(Map.of("mail.content.clamav.address", clamd.address()));
        for (int i = 0; i < more.length; i += 2) {
            values.put("mail.content.clamav." + more[i], more[i + 1]);
        }
        return new ClamavCheck(ClamavSettings.of(TestConfig.of(values)), now::get);
    }

    private Decision judge(ClamavCheck check, Client client, String text) {
        var source = MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
        var envelope = Envelope.of("a@there.test", List.of("bob@here.test"));
        return check.content(new Question.Content(client, envelope, "Q1", MessageParser.parse(source), source, facts));
    }

    private Decision judge(ClamavCheck check, String text) {
        return judge(check, Clients.stranger("there.test", "192.0.2.1"), text);
    }

    private static void unchecked(Decision decision, String why) {
        assertThat(decision.action()).isEqualTo(Action.PASS);
        assertThat(decision.detail()).startsWith("not checked: ").contains(why);
    }

    @Test
    void it_is_sent_the_whole_message_and_what_is_clean_passes() {
        var text = "Subject: x\r\n\r\n" + "0123456789\r\n".repeat(50_000);
        assertThat(judge(check(), text)).isEqualTo(Decision.pass("clamav", "clean"));
        assertThat(clamd.scanned).containsExactly(text);
    }

    @Test
    void a_virus_is_refused_by_its_name() {
        clamd.says("stream: Win.Test.EICAR_HDB-1 FOUND");
        var decision = judge(check(), "x\r\n");
        assertThat(decision.action()).isEqualTo(Action.REFUSE);
        assertThat(decision.text()).isEqualTo("The message contains a virus: Win.Test.EICAR_HDB-1");
        assertThat(facts.get("virus")).contains("Win.Test.EICAR_HDB-1");
    }

    @Test
    void or_set_aside_as_the_operator_wants() {
        clamd.says("stream: Bad FOUND");
        assertThat(judge(check("found", "quarantine"), "x\r\n")).isEqualTo(Decision.quarantine("clamav", "Bad"));
    }

    @Test
    void neither_our_own_users_nor_the_trusted_may_send_one() {
        clamd.says("stream: Bad FOUND");
        facts.put(Facts.ALLOWED, "rule friends");
        assertThat(judge(check(), Clients.user(1), "x\r\n").action()).isEqualTo(Action.REFUSE);
    }

    @Test
    void what_is_larger_than_it_takes_passes_unchecked_and_is_traced() {
        unchecked(judge(check("largest", "1000"), "x".repeat(1001)), "larger than 1000 octets");
        assertThat(clamd.scanned).isEmpty();
        clamd.takes(100_000);
        unchecked(judge(check("when-down", "defer"), "x".repeat(3_000_000)), "larger than clamd takes");
    }

    @Test
    void one_that_is_down_decides_nothing_or_defers_as_the_operator_wants() throws Exception {
        clamd.close();
        unchecked(judge(check(), "x\r\n"), "Connect");
        assertThat(judge(check("when-down", "defer"), "x\r\n").action()).isEqualTo(Action.DEFER);
    }

    @Test
    void one_that_hangs_is_left_and_no_connection_stays() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var check = check("address", "127.0.0.1:" + silent.getLocalPort(), "timeout", "PT1S");
            unchecked(judge(check, "x\r\n"), "no answer in PT1S");
            try (var connection = silent.accept()) {
                connection.setSoTimeout(20_000);
                assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .startsWith("zINSTREAM\0");
            }
        }
    }

    @Test
    void after_some_failures_it_is_not_asked_for_a_while_then_by_one() {
        var check = check("failures", "2");
        clamd.says("stream: Can't allocate memory ERROR");
        unchecked(judge(check, "x\r\n"), "Can't allocate memory ERROR");
        unchecked(judge(check, "x\r\n"), "Can't allocate memory ERROR");
        unchecked(judge(check, "x\r\n"), "it failed lately");
        clamd.says("stream: OK");
        now.updateAndGet(time -> time.plusSeconds(30));
        assertThat(judge(check, "x\r\n").detail()).isEqualTo("clean");
        assertThat(judge(check, "x\r\n").detail()).isEqualTo("clean");
        assertThat(clamd.scanned).hasSize(4);
    }

    @Test
    void it_may_listen_in_the_file_system(@TempDir Path folder) throws Exception {
        var path = folder.resolve("clamd.ctl");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread.ofVirtual().start(() -> {
                try (var channel = server.accept()) {
                    channel.read(ByteBuffer.allocate(1000));
                    channel.write(ByteBuffer.wrap("stream: Bad FOUND\0".getBytes(StandardCharsets.US_ASCII)));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(judge(check("address", "unix:" + path), "x\r\n").detail())
                    .isEqualTo("Bad");
        }
    }

    @Test
    void without_an_address_nobody_is_asked() {
        var check = new ClamavCheck(ClamavSettings.of(TestConfig.of(Map.of())), now::get);
        assertThat(judge(check, "x\r\n")).isEqualTo(Decision.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:", "127.0.0.1:99999", ":3310", "unix:relative", "http://x"})
    void a_wrong_address_stops_the_start(String address) {
        assertThatThrownBy(() -> check("address", address)).hasMessageContaining("mail.content.clamav.address");
    }
}
