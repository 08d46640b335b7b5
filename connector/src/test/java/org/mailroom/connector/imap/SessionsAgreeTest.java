package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.contract.Actor;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** Several clients do what comes to their minds in one mailbox; each must end up knowing what is true (RFC 9051 §5.5). */
class SessionsAgreeTest {
    private static final int CLIENTS = 5;
    private static final int COMMANDS = 150;

    @TempDir
    static Path folder;

    @Test
    void whatever_the_others_do() throws Exception {
        try (var fixture = new ImapFixture(folder, PlaintextLogin.LOOPBACK, Duration.ofMinutes(1))) {
            for (int i = 0; i < 300; i++) {
                fixture.store.deliver(fixture.alice, ImapFixture.MESSAGE);
            }
            var clients = new ArrayList<ImapClient>();
            for (int i = 0; i < CLIENTS; i++) {
                var client = new ImapClient(fixture.address());
                client.login();
                client.select("INBOX");
                clients.add(client);
            }
            meddle(clients);
            for (var client : clients) {
                client.command("NOOP");
                assertKnows(client, fixture);
                client.learn();
                assertKnows(client, fixture);
                client.close();
            }
        }
    }

    private static void meddle(List<ImapClient> clients) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<java.util.concurrent.Future<Void>>();
            for (int i = 0; i < clients.size(); i++) {
                var client = clients.get(i);
                var random = new Random(100 + i);
                Callable<Void> work = () -> {
                    for (int step = 0; step < COMMANDS; step++) {
                        act(client, random);
                    }
                    return null;
                };
                done.add(threads.submit(work));
            }
            for (var one : done) {
                one.get();
            }
        }
    }

    private static void act(ImapClient client, Random random) throws IOException {
        int count = client.messages.size();
        int number = count == 0 ? 1 : 1 + random.nextInt(count);
        int end = Math.min(Math.max(1, count), number + random.nextInt(4));
        var flag = List.of("\\Seen", "\\Deleted", "\\Flagged", "$A", "$B").get(random.nextInt(5));
        var command = switch (count == 0 ? 0 : random.nextInt(12)) {
            case 0 -> "APPEND INBOX (" + flag + ") {4+}\r\n" + "a: b";
            case 1, 2 -> "STORE " + number + ":" + end + " +FLAGS (" + flag + ")";
            case 3 -> "STORE " + number + " -FLAGS.SILENT (" + flag + ")";
            case 4 -> "UID STORE 1:" + random.nextInt(1, 400) + " FLAGS.SILENT (\\Seen)";
            case 5 -> "FETCH " + number + ":" + end + " (UID FLAGS)";
            case 6 -> "FETCH " + number + " (BODY[TEXT]<0.1> UID)";
            case 7 -> "UID EXPUNGE " + random.nextInt(1, 100) + ":*";
            case 8 -> "COPY " + number + " INBOX";
            case 9 -> "MOVE " + number + " Trash";
            case 10 -> "SEARCH UNSEEN";
            default -> "NOOP";
        };
        // A silent STORE is the client's word that it knows what becomes of the flags.
        forget(client, command);
        // RFC 2180 §4.4: what another expunged cannot be copied or moved by its number.
        boolean mayBeGone = command.startsWith("COPY") || command.startsWith("MOVE");
        assertThat(client.command(command)).containsPattern(mayBeGone ? " OK | NO \\[EXPUNGEISSUED\\] " : " OK ");
    }

    /** What a silent STORE does to flags this simple client does not work out: it has to ask again. */
    private static void forget(ImapClient client, String command) {
        if (command.contains(".SILENT")) {
            client.messages.forEach(m -> m.flags = null);
        }
    }

    private static void assertKnows(ImapClient client, ImapFixture fixture) throws Exception {
        var actor = new Actor(fixture.alice, Protocol.IMAP, "test");
        var view = fixture.store.open(actor, "INBOX", false).view();
        assertThat(client.messages).hasSize(view.size());
        for (int sequence = 1; sequence <= view.size(); sequence++) {
            var known = client.messages.get(sequence - 1);
            assertThat(known.uid == null || known.uid == view.uid(sequence)).isTrue();
            if (known.flags != null) {
                boolean seen = (view.flags(sequence) & Flags.SEEN) != 0;
                assertThat(known.flags.contains("\\Seen"))
                        .as("message " + sequence)
                        .isEqualTo(seen);
                boolean deleted = (view.flags(sequence) & Flags.DELETED) != 0;
                assertThat(known.flags.contains("\\Deleted"))
                        .as("message " + sequence)
                        .isEqualTo(deleted);
            }
        }
    }
}
