package org.mailroom.connector.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailroom.connector.relay.ScriptedHost.Script;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand;

/** Connections lie in a pool and serve again. */
@Timeout(30)
class RelayPoolTest {
    private final TestPool pool = new TestPool();
    private final RelayManagedConnectionFactory factory = new RelayManagedConnectionFactory();
    private final RelayConnectionFactory connections = (RelayConnectionFactory) factory.createConnectionFactory(pool);

    private static final RelayTimeouts SHORT =
            RelayTimeouts.parse("greeting=PT2S,command=PT2S,data=PT2S,dot=PT2S,quit=PT1S");

    private Relay connect(ScriptedHost host) throws Exception {
        return connections.connect(target(host), SHORT, Authorities.OF_PLATFORM);
    }

    private static RelayTarget target(ScriptedHost host) {
        return new RelayTarget("mx.example", "127.0.0.1", host.port(), "us.example", TlsDemand.OPPORTUNISTIC);
    }

    private Outcome send(ScriptedHost host) throws Exception {
        try (var relay = connect(host)) {
            return send(relay);
        }
    }

    private static Outcome send(Relay relay) {
        var content = MessageSource.of("a: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return relay.send(Envelope.of("a@here.example", List.of("b@there.example")), content)
                .outcomes()
                .getFirst();
    }

    @Test
    void connection_serves_again() throws Exception {
        Script twice = guest -> guest.welcome()
                .takeMessage()
                .say("250 1")
                .takeMessage()
                .say("250 2")
                .answer("QUIT", "221 bye");
        try (var host = new ScriptedHost(twice)) {
            assertThat(send(host).text()).isEqualTo("250 1");
            assertThat(send(host).text()).isEqualTo("250 2");
            assertThat(pool.made).isEqualTo(1);
            pool.clear();
            assertThat(host.heard).endsWith("QUIT");
        }
    }

    @Test
    void other_target_gets_another_connection() throws Exception {
        Script once = guest -> guest.welcome().takeMessage().say("250 ok").waitForEnd();
        try (var one = new ScriptedHost(once);
                var two = new ScriptedHost(once)) {
            send(one);
            send(two);
            assertThat(pool.made).isEqualTo(2);
            assertThat(pool.idle).hasSize(2);
        }
    }

    @Test
    void what_a_refused_message_left_behind_is_reset() throws Exception {
        Script script = guest -> guest.welcome()
                .answer("MAIL", "250 ok")
                .answer("RCPT", "550 no")
                .answer("RSET", "250 ok")
                .takeMessage()
                .say("250 ok")
                .waitForEnd();
        try (var host = new ScriptedHost(script)) {
            assertThat(send(host).kind()).isEqualTo(Kind.FAILED);
            assertThat(send(host).kind()).isEqualTo(Kind.DELIVERED);
        }
    }

    @Test
    void connection_that_went_stale_in_the_pool_is_made_anew() throws Exception {
        Script closing = guest -> guest.welcome().takeMessage().say("250 1");
        Script timedOut = guest -> guest.welcome()
                .takeMessage()
                .say("250 2", "421 4.4.2 idle for too long")
                .hear("MAIL");
        Script fresh = guest -> guest.welcome().takeMessage().say("250 3").waitForEnd();
        try (var host = new ScriptedHost(closing, timedOut, fresh)) {
            assertThat(send(host).text()).isEqualTo("250 1");
            assertThat(send(host).text()).isEqualTo("250 2");
            assertThat(send(host).text()).isEqualTo("250 3");
            assertThat(pool.made).isEqualTo(1);
            assertThat(pool.broken).isZero();
        }
    }

    @Test
    void host_that_closes_again_is_not_pressed() throws Exception {
        Script closing = guest -> guest.welcome().takeMessage().say("250 1");
        Script busy = guest -> guest.say("421 4.3.2 busy");
        try (var host = new ScriptedHost(closing, busy)) {
            send(host);
            assertThat(send(host).text()).isEqualTo("421 4.3.2 busy");
            assertThat(host.connections()).isEqualTo(2);
            assertThat(pool.broken).isEqualTo(1);
            assertThat(pool.idle).isEmpty();
        }
    }

    @Test
    void several_messages_may_go_over_one_relay() throws Exception {
        Script twice = guest -> guest.welcome()
                .takeMessage()
                .say("250 1")
                .takeMessage()
                .say("250 2")
                .waitForEnd();
        try (var host = new ScriptedHost(twice)) {
            try (var relay = connect(host)) {
                assertThat(send(relay).text()).isEqualTo("250 1");
                assertThat(send(relay).text()).isEqualTo("250 2");
            }
        }
    }

    @Test
    void closed_relay_is_of_no_use() throws Exception {
        try (var host = new ScriptedHost(guest -> guest.welcome().waitForEnd())) {
            var relay = connect(host);
            relay.close();
            relay.close();
            assertThat(pool.idle).hasSize(1);
            assertThatIllegalStateException().isThrownBy(() -> send(relay));
        }
    }

    @Test
    void handle_that_the_container_took_away_cannot_hurt_the_next() throws Exception {
        try (var host = new ScriptedHost(
                guest -> guest.welcome().takeMessage().say("250 ok").waitForEnd())) {
            var first = connect(host);
            first.close();
            try (var second = connect(host)) {
                first.close();
                assertThat(pool.idle).isEmpty();
                assertThat(send(second).kind()).isEqualTo(Kind.DELIVERED);
            }
        }
    }

    @Test
    void outside_a_container_a_connection_ends_with_its_close() throws Exception {
        var unpooled = (RelayConnectionFactory) factory.createConnectionFactory();
        try (var host = new ScriptedHost(
                guest -> guest.welcome().takeMessage().say("250 ok").answer("QUIT", "221 bye"))) {
            try (var relay = unpooled.connect(target(host), SHORT, Authorities.OF_PLATFORM)) {
                assertThat(send(relay).kind()).isEqualTo(Kind.DELIVERED);
            }
            assertThat(host.heard).endsWith("QUIT");
        }
    }

    @Test
    void connection_takes_no_part_in_transactions() throws Exception {
        try (var host = new ScriptedHost()) {
            var connection = factory.createManagedConnection(
                    null, new RelayRequest(target(host), SHORT, Authorities.OF_PLATFORM));
            assertThatExceptionOfType(jakarta.resource.NotSupportedException.class)
                    .isThrownBy(connection::getXAResource);
            assertThatExceptionOfType(jakarta.resource.NotSupportedException.class)
                    .isThrownBy(connection::getLocalTransaction);
        }
    }
}
