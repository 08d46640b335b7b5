package org.mailroom.connector.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.memory.MemoryReceiver;
import org.mailroom.connector.net.HouseUnavailableException;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.receive.Verdict;

class EndpointCallTest {
    private static final Client CLIENT = new Client(
            "s",
            Protocol.SMTP,
            InetSocketAddress.createUnresolved("client", 1),
            false,
            "h",
            true,
            null,
            null,
            null,
            null,
            Instant.EPOCH);
    private static final Envelope ENVELOPE = Envelope.of("a@b.example", java.util.List.of("c@d.example"));
    private static final MessageSource CONTENT = MessageSource.of(new byte[0]);

    @Test
    void an_answer_and_a_refusal_come_through_and_the_endpoint_goes_back() throws Exception {
        var house = new MemoryReceiver("c@d.example");
        var pool = new Pool(MailReceiver.class, house, 1);
        var receiver = EndpointCall.of(MailReceiver.class, pool, 1, Duration.ofSeconds(1));
        assertThat(receiver.accept(CLIENT, ENVELOPE, CONTENT).queueId()).isEqualTo("Q1");
        house.refusal = new MailException(Reason.LOOP, "round and round");
        assertThatThrownBy(() -> receiver.accept(CLIENT, ENVELOPE, CONTENT)).isSameAs(house.refusal);
        assertThat(pool.taken.get()).isZero();
    }

    @Test
    void calls_beyond_the_permits_wait_and_the_pool_is_never_asked_for_more() throws Exception {
        var gate = new CountDownLatch(1);
        var house = new MemoryReceiver("c@d.example");
        var inside = new CountDownLatch(3);
        house.pause = () -> {
            inside.countDown();
            try {
                gate.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        var pool = new Pool(MailReceiver.class, house, 3);
        var receiver = EndpointCall.of(MailReceiver.class, pool, 3, Duration.ofSeconds(20));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 100)
                    .mapToObj(i -> clients.submit(() -> receiver.accept(CLIENT, ENVELOPE, CONTENT)))
                    .toList();
            assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
            gate.countDown();
            for (var call : calls) {
                assertThat(call.get().queueId()).startsWith("Q");
            }
        }
        assertThat(pool.most.get()).isEqualTo(3);
    }

    @Test
    void an_empty_pool_is_told_in_the_words_of_each_call() {
        var pool = new Pool(MailReceiver.class, new MemoryReceiver("c@d.example"), 0);
        var receiver = EndpointCall.of(MailReceiver.class, pool, 1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> receiver.accept(CLIENT, ENVELOPE, CONTENT))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(receiver.sender(CLIENT, ENVELOPE))
                .isInstanceOfSatisfying(
                        Verdict.Defer.class, v -> assertThat(v.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThatThrownBy(() -> receiver.refused(CLIENT, ENVELOPE, "rcpt", "550"))
                .isInstanceOf(HouseUnavailableException.class);
        var logins = EndpointCall.of(Logins.class, pool, 1, Duration.ofSeconds(1));
        assertThat(logins.verify(new Logins.Attempt("s", Protocol.IMAP, CLIENT.address(), true), "n", "p"))
                .isInstanceOf(LoginVerdict.Unavailable.class);
    }
}
