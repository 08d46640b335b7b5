package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.conversation.Peer;
import org.mailroom.connector.memory.MemoryStore;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** Large messages and slow clients. */
class StreamingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    /** A store that counts the calls for octets, and from one of them on knows nothing any more. */
    private static final class Watched {
        final MemoryStore memory = new MemoryStore();
        final AtomicInteger calls = new AtomicInteger();
        volatile int failsAt = Integer.MAX_VALUE;

        MailStore store() {
            return (MailStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {MailStore.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("octets") && calls.incrementAndGet() >= failsAt) {
                            throw new MailException(Reason.EXPUNGED, "The message is gone");
                        }
                        try {
                            return method.invoke(memory, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @Test
    void a_client_that_does_not_read_holds_up_the_reading_of_its_message() throws Exception {
        var watched = new Watched();
        var message = "Subject: large\r\n\r\n" + "0123456789abcdef0123456789abcdef0123456789abcdef\r\n".repeat(400_000);
        try (var fixture = fixture(watched)) {
            watched.memory.deliver(fixture.alice, message);
            try (var peer = reading(fixture, "BODY.PEEK[]")) {
                int pieces = message.length() / MailStore.CHUNK;
                othersAreServed(fixture);
                assertThat(watched.calls.get()).isLessThan(pieces - 20);
                assertThat(peer.line()).isEqualTo("* 1 FETCH (BODY[] {" + message.length() + "}");
                assertThat(new String(peer.octets(message.length()), StandardCharsets.US_ASCII))
                        .isEqualTo(message);
                assertThat(peer.line()).isEqualTo(")");
                assertThat(peer.line()).isEqualTo("c OK FETCH completed");
                assertThat(watched.calls.get()).isGreaterThan(pieces - 3);
            }
        }
    }

    @Test
    void a_large_literal_has_no_nul() throws Exception {
        var watched = new Watched();
        var message = "Subject: large\r\n\r\n" + "0123456789\0bcdef\r\n".repeat(40_000);
        try (var fixture = fixture(watched)) {
            watched.memory.deliver(fixture.alice, message);
            try (var peer = reading(fixture, "BODY.PEEK[]")) {
                assertThat(peer.line()).isEqualTo("* 1 FETCH (BODY[] {" + message.length() + "}");
                assertThat(new String(peer.octets(message.length()), StandardCharsets.ISO_8859_1))
                        .isEqualTo(message.replace('\0', '\u0080'));
            }
        }
    }

    @Test
    void a_message_that_breaks_off_ends_the_connection_and_nothing_else() throws Exception {
        var watched = new Watched();
        watched.failsAt = 3;
        try (var fixture = fixture(watched)) {
            watched.memory.deliver(fixture.alice, "Subject: large\r\n\r\n" + "0123456789\r\n".repeat(200_000));
            try (var peer = reading(fixture, "BODY.PEEK[]")) {
                assertThat(peer.line()).startsWith("* 1 FETCH (BODY[] {");
                var rest = new String(peer.octets(10_000_000), StandardCharsets.US_ASCII);
                assertThat(rest.length()).isLessThan(2_400_000);
                // A BYE would be read as part of the message.
                assertThat(rest.contains("BYE")).isFalse();
            }
            try (var other = new ImapClient(fixture.address())) {
                other.login();
            }
        }
    }

    @Test
    void a_message_that_is_gone_from_the_start_is_a_refusal() throws Exception {
        var watched = new Watched();
        watched.failsAt = 1;
        try (var fixture = fixture(watched)) {
            watched.memory.deliver(fixture.alice, "Subject: large\r\n\r\n" + "0123456789\r\n".repeat(200_000));
            try (var peer = reading(fixture, "BODY.PEEK[TEXT]<1000000.100>")) {
                assertThat(peer.line()).isEqualTo("c NO [EXPUNGEISSUED] The message is gone");
            }
        }
    }

    @Test
    void a_header_larger_than_a_row_comes_whole() throws Exception {
        var watched = new Watched();
        try (var fixture = fixture(watched)) {
            var header = "X-Pad: 0123456789012345678901234567890123456789\r\n".repeat(20_000) + "Subject: last\r\n\r\n";
            watched.memory.deliver(fixture.alice, header + "body\r\n");
            try (var peer =
                    reading(fixture, "(BODY.PEEK[HEADER] BODY.PEEK[HEADER.FIELDS (SUBJECT)] BODY.PEEK[TEXT])")) {
                assertThat(peer.line()).isEqualTo("* 1 FETCH (BODY[HEADER] {" + header.length() + "}");
                assertThat(new String(peer.octets(header.length()), StandardCharsets.US_ASCII))
                        .isEqualTo(header);
                assertThat(peer.line()).isEqualTo(" BODY[HEADER.FIELDS (SUBJECT)] {17}");
                assertThat(peer.line()).isEqualTo("Subject: last");
                assertThat(peer.line()).isEmpty();
                assertThat(peer.line()).isEqualTo(" BODY[TEXT] {6}");
            }
        }
        try (var fixture = fixture(watched)) {
            watched.memory.deliver(new AccountId(1), "Subject: x\r\n\r\n");
            try (var peer = reading(fixture, "RFC822.HEADER")) {
                assertThat(peer.line()).startsWith("* 1 FETCH (RFC822.HEADER {");
            }
        }
    }

    /** Time enough to read all of the message, if nothing held that up. */
    private static void othersAreServed(ImapFixture fixture) throws Exception {
        try (var other = new ImapClient(fixture.address())) {
            other.login();
            for (int i = 0; i < 500; i++) {
                assertThat(other.command("NOOP")).contains(" OK ");
            }
        }
    }

    private static ImapFixture fixture(Watched watched) {
        return new ImapFixture(folder, PlaintextLogin.LOOPBACK, PATIENCE, watched.store());
    }

    /** A client that has asked for the first message and read nothing of the answer. */
    private static Peer reading(ImapFixture fixture, String items) throws Exception {
        var peer = new Peer(fixture.address());
        peer.send("a LOGIN alice@here.example secret\r\nb SELECT INBOX\r\n");
        for (var line = peer.line(); !line.startsWith("b OK"); line = peer.line()) {
            assertThat(line).isNotNull();
        }
        peer.send("c FETCH 1 " + items + "\r\n");
        return peer;
    }
}
