package org.mailroom.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Protocol;

class DialogueTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ServerSocket host = listen();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private Dialogue open() throws IOException {
        return Dialogue.open(
                "localhost",
                Protocol.SUBMISSION,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), host.getLocalPort()),
                false);
    }

    /** Says these lines, each after the first when something was heard. */
    private void says(String... lines) {
        Thread.ofVirtual().start(() -> {
            try (var client = host.accept();
                    var in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line : lines) {
                    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                    var answer = in.readLine();
                    if (answer != null) {
                        heard.add(answer);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void both_sides_stand_in_the_transcript_and_secrets_do_not() throws Exception {
        says("220 here", "235 welcome", "221 bye");
        try (var dialogue = open()) {
            var listening = Thread.ofVirtual().start(dialogue::listen);
            dialogue.awaitReply(1, LONG);
            dialogue.send("AUTH PLAIN c2VjcmV0");
            dialogue.awaitReply(3, LONG);
            dialogue.send("QUIT\r\nRSET");
            dialogue.awaitReply(5, LONG);
            dialogue.send("NOOP");
            listening.join(10_000);
            assertThat(dialogue.lines().stream().map(line -> line.kind() + " " + line.text()))
                    .containsSubsequence(
                            "RECEIVED 220 here",
                            "SENT AUTH PLAIN ••••",
                            "RECEIVED 235 welcome",
                            "SENT QUIT  RSET",
                            "RECEIVED 221 bye",
                            "ENDED ");
            assertThat(heard).startsWith("AUTH PLAIN c2VjcmV0", "QUIT  RSET");
            assertThat(dialogue.closed()).isTrue();
        }
    }

    @Test
    void own_message_is_shown_to_its_dot() throws Exception {
        says("220 here", "354 go on", "250 taken", "500 that is no command");
        try (var dialogue = open()) {
            Thread.ofVirtual().start(dialogue::listen);
            dialogue.awaitReply(1, LONG);
            dialogue.send("DATA");
            dialogue.awaitReply(3, LONG);
            dialogue.send("Subject: by hand");
            dialogue.awaitReply(5, LONG);
            dialogue.send(".");
            dialogue.send("Subject: by hand");
            assertThat(dialogue.lines().stream()
                            .filter(line -> line.kind() == Line.Kind.SENT)
                            .map(Line::text))
                    .containsExactly("DATA", "Subject: by hand", ".", "••••");
        }
    }

    @Test
    void who_does_not_greet_like_a_mail_server_is_told_nothing() throws Exception {
        says("SSH-2.0-OpenSSH_9.2p1");
        try (var dialogue = open()) {
            assertThatThrownBy(() -> dialogue.send("EHLO me.test")).hasMessageContaining("not greeted");
            dialogue.listen();
            assertThat(dialogue.lines().stream().map(Line::kind)).contains(Line.Kind.STRANGER);
            assertThatThrownBy(() -> dialogue.send("EHLO me.test")).hasMessageContaining("ended");
        }
        assertThat(heard).isEmpty();
    }
}
