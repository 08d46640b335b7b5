package org.mailroom.connector.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.NotSupportedException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.memory.MemoryLogins;
import org.mailroom.connector.memory.MemoryMaildrops;
import org.mailroom.connector.memory.MemoryReceiver;
import org.mailroom.connector.memory.MemoryStore;
import org.mailroom.connector.net.Telnet;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.House;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;

/** The life of the wire, as the container leads it. */
class MailResourceAdapterTest {
    private final Manor house = new Manor();
    private final Pool manor = new Pool(House.class, house, 1);
    private final Pool receiver = new Pool(MailReceiver.class, new MemoryReceiver("alice@here.example"), 4);
    private final Pool logins = new Pool(Logins.class, new MemoryLogins(), 4);
    private final Pool store = new Pool(MailStore.class, new MemoryStore(), 4);
    private final Pool maildrops = new Pool(Maildrops.class, new MemoryMaildrops(new MemoryStore()), 4);
    private final MailResourceAdapter adapter = new MailResourceAdapter();

    @Test
    void sockets_open_when_the_house_is_ready_and_close_with_the_first_endpoint() throws Exception {
        for (var endpoint : List.of(receiver, logins, store, maildrops)) {
            adapter.endpointActivation(endpoint, new MailActivation());
        }
        assertThat(house.asked.getCount())
                .as("nobody asks a house that is not there")
                .isEqualTo(1);
        adapter.endpointActivation(manor, new MailActivation());
        assertThat(house.asked.await(10, TimeUnit.SECONDS)).isTrue();
        house.ready = true;
        assertThat(house.told.poll(10, TimeUnit.SECONDS)).isEmpty();
        var wire = house.wire;
        var address = wire.listeners().getFirst().address();
        try (var client = Telnet.to(address)) {
            assertThat(client.reply()).startsWith("220 mx.example");
            assertThat(wire.sessions()).hasSize(1);
            adapter.endpointDeactivation(logins, new MailActivation());
            assertThat(client.reply()).startsWith("421 4.3.2");
        }
        assertThat(house.told.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
        assertThat(wire.listeners()).isEmpty();
        adapter.stop();
        new ServerSocket(address.getPort(), 1, address.getAddress()).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("mailroom-"));
    }

    @Test
    void a_stop_before_the_house_is_ready_ends_the_waiting() throws Exception {
        for (var endpoint : List.of(receiver, logins, store, maildrops, manor)) {
            adapter.endpointActivation(endpoint, new MailActivation());
        }
        assertThat(house.asked.await(10, TimeUnit.SECONDS)).isTrue();
        adapter.stop();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("mailroom-"));
    }

    @Test
    void a_bean_that_implements_nothing_of_the_contract_is_refused() {
        assertThatThrownBy(
                        () -> adapter.endpointActivation(new Pool(Runnable.class, () -> {}, 1), new MailActivation()))
                .isInstanceOf(NotSupportedException.class);
    }

    /** A house that is not ready at first. */
    private static final class Manor implements House {
        final CountDownLatch asked = new CountDownLatch(1);
        final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        volatile boolean ready;
        volatile Wire wire;

        @Override
        public WireSettings open(Wire opened) {
            asked.countDown();
            if (!ready) {
                throw new IllegalStateException("The tables are not there yet");
            }
            wire = opened;
            return new TestSettings().listen(Protocol.SMTP, false).build();
        }

        @Override
        public void listening(String problem) {
            told.add(problem);
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }
}
