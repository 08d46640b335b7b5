package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.conversation.Peer;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** Whatever a client sends, it hears something sensible or is cut off, and the others are served. */
class HostileClientTest {
    @TempDir
    static Path folder;

    private ImapFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ImapFixture(folder, PlaintextLogin.LOOPBACK, Duration.ofSeconds(30));
    }

    @AfterEach
    void othersAreServed() throws Exception {
        try (var client = new ImapClient(fixture.address())) {
            client.login();
            client.select("INBOX");
        }
        fixture.close();
    }

    @Test
    void noise() throws Exception {
        var random = new Random(4);
        for (int round = 0; round < 60; round++) {
            try (var peer = new Peer(fixture.address())) {
                if (round % 2 == 0) {
                    peer.send("a LOGIN alice@here.example secret\r\nb SELECT INBOX\r\n");
                }
                peer.send(noise(random));
                peer.closeOutput();
                assertEnds(peer);
            } catch (java.net.SocketException reset) {
                // Cut off in the middle of what it said.
            }
        }
    }

    /** Octets that look a little like IMAP. */
    private static byte[] noise(Random random) {
        var pieces = new String[] {
            "a ",
            "FETCH ",
            "1:* ",
            "(",
            ")",
            "\"",
            "\\",
            "{5}\r\n",
            "{5+}\r\n",
            "{99999}",
            "\r\n",
            "\n",
            "\r",
            "\0",
            "BODY[",
            "]<",
            "UID ",
            "STORE ",
            "+FLAGS ",
            "SEARCH ",
            "OR ",
            "NOT ",
            "IDLE\r\n",
            "DONE\r\n",
            "LIST ",
            "%*",
            "é",
            "APPEND INBOX ",
            "~",
            "\b",
            "AUTHENTICATE PLAIN\r\n",
            "*",
            "+",
            " ",
            "4294967296",
            "NIL",
            "CHARSET x ",
            "RENAME ",
            "&AGE-",
            "MOVE 1 Trash\r\n"
        };
        var text = new StringBuilder();
        while (text.length() < 3000) {
            text.append(pieces[random.nextInt(pieces.length)]);
            if (random.nextInt(5) == 0) {
                text.append((char) random.nextInt(256)).append("\r\nx ");
            }
        }
        return text.toString().getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static void assertEnds(Peer peer) throws IOException {
        for (var line = peer.line(); line != null; line = peer.line()) {
            assertThat(line).doesNotContain("SERVERBUG");
        }
    }

    @Test
    void deep_nesting() throws Exception {
        try (var client = new ImapClient(fixture.address())) {
            client.login();
            client.select("INBOX");
            assertThat(client.command("SEARCH " + "(".repeat(30_000))).contains(" BAD [LIMIT] ");
            assertThat(client.command("SEARCH " + "NOT ".repeat(10_000) + "SEEN"))
                    .contains(" BAD [LIMIT] ");
            assertThat(client.command("SEARCH " + "OR SEEN ".repeat(7_000) + "SEEN"))
                    .contains(" BAD [LIMIT] ");
            assertThat(client.command("FETCH 1 BODY[" + "1.".repeat(5_000) + "1]"))
                    .contains(" BAD ");
            assertThat(client.command("STORE 1 +FLAGS (" + "(".repeat(5_000))).contains(" BAD ");
            assertThat(client.command("LIST \"\" (" + "* ".repeat(5_000) + "*)"))
                    .contains(" BAD ");
            assertThat(client.command("UID FETCH " + "1:*,".repeat(12_000) + "1 UID"))
                    .contains(" OK ");
        }
    }

    @Test
    void a_literal_that_never_ends() throws Exception {
        try (var peer = new Peer(fixture.address())) {
            peer.send("a LOGIN alice@here.example secret\r\nb APPEND INBOX {5000000+}\r\n");
            peer.send(new byte[1_000_000]);
        }
        try (var peer = new Peer(fixture.address())) {
            peer.send("a LOGIN {4000000+}\r\n");
            peer.send(new byte[1_000_000]);
        }
    }

    @Test
    void an_idle_client_that_vanishes_is_no_longer_watched_for() throws Exception {
        var peers = new ArrayList<Peer>();
        for (int i = 0; i < 20; i++) {
            var peer = new Peer(fixture.address());
            peer.send("a LOGIN alice@here.example secret\r\nb SELECT INBOX\r\nc IDLE\r\n");
            peers.add(peer);
        }
        await(() -> fixture.store.watchers() == 20);
        fixture.store.deliver(fixture.alice, ImapFixture.MESSAGE);
        for (var peer : peers) {
            peer.close();
        }
        await(() -> fixture.store.watchers() == 0);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean() && i < 500; i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
