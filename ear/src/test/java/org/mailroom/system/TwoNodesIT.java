package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL, with one broker between them; the last test kills one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
    private static final String READER = "reader@two.test";
    private static final String PASSWORD = Mailroom.password(READER);
    private static final int MESSAGES = 120;

    @TempDir
    private static Path homes;

    /** Also those that did not come up. */
    private static final List<Node> STARTED = new ArrayList<>();

    private static EmbeddedPostgres database;
    private static SharedBroker broker;
    private static Node one;
    private static Node other;

    /** A server with a home of its own. */
    private record Node(Launcher launcher, Listeners listeners) {
        static Node start(String name) {
            var node = new Node(new Launcher(homes.resolve(name)), new Listeners());
            var words = new ArrayList<>(List.of("run", "--detach"));
            var settings = new ArrayList<>(broker.settings());
            settings.addAll(node.listeners.settings());
            settings.addAll(List.of(
                    "mail.node=" + name,
                    "mail.listen=127.0.0.1",
                    "mail.limits.exempt=127.0.0.0/8",
                    "mail.dns.servers=127.0.0.1:1",
                    "mail.queue.lease=PT30S",
                    "mail.queue.first-retry=PT2S",
                    "mail.database.url="
                            + database.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""),
                    "mail.database.user=postgres",
                    "mail.secrets.key-file=" + homes.resolve("mailroom.key")));
            settings.forEach(setting -> words.addAll(List.of("--set", setting)));
            STARTED.add(node);
            node.launcher.run(words.toArray(String[]::new));
            return node;
        }

        int port(String listener) {
            return listeners.port(listener);
        }

        void kill() throws Exception {
            var status = Mailroom.json(launcher.run("status", "--json"));
            var process = ProcessHandle.of(status.getJsonNumber("serverPid").longValue())
                    .orElseThrow();
            assertThat(process.destroyForcibly()).isTrue();
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "250")
                .start();
        broker = new SharedBroker();
        one = Node.start("one");
        other = Node.start("other");
        one.launcher.run("domain", "add", "two.test");
        var account = "{\"address\":\"" + READER + "\",\"password\":\"" + PASSWORD + "\"}";
        var token = Files.readString(one.launcher.home().resolve("token")).strip();
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + one.port("console") + "/mailroom/api/v1/accounts"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(account))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws IOException {
        STARTED.forEach(node -> node.launcher.execute("stop"));
        if (broker != null) {
            broker.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    @Order(1)
    void what_one_node_accepts_a_client_of_the_other_hears_of() throws Exception {
        try (var idle = new Telnet(other.port("imap"))) {
            idle.line();
            idle.raw("a LOGIN " + READER + " " + PASSWORD + "\r\nb SELECT INBOX\r\nc IDLE\r\n");
            idle.until("+ ");
            deliver(one, "first");
            assertThat(idle.until("* 1 EXISTS")).isNotNull();
        }
    }

    private static void deliver(Node node, String subject) throws IOException {
        try (var client = new Telnet(node.port("smtp"))) {
            client.expect("220 ", client.reply());
            client.expect("250", client.smtp("EHLO there.test"));
            client.expect("250 ", client.smtp("MAIL FROM:<ann@there.example>"));
            client.expect("250 ", client.smtp("RCPT TO:<" + READER + ">"));
            client.expect("354 ", client.smtp("DATA"));
            client.raw("Subject: " + subject + "\r\n\r\ntext\r\n.\r\n");
            client.expect("250 ", client.reply());
        }
    }

    @Test
    @Order(2)
    void a_maildrop_is_open_on_one_node_only_and_numbers_its_messages_alike_on_both() throws Exception {
        try (var first = new Telnet(one.port("pop3"));
                var second = new Telnet(other.port("pop3"))) {
            first.expect("+OK", first.line());
            second.expect("+OK", second.line());
            first.expect("+OK", login(first));
            second.expect("-ERR [IN-USE]", login(second));
            var unique = uniqueId(first);
            first.raw("QUIT\r\n");
            first.expect("+OK", first.line());
            second.expect("+OK", login(second));
            assertThat(uniqueId(second)).isEqualTo(unique);
        }
    }

    private static String login(Telnet pop) throws IOException {
        pop.raw("USER " + READER + "\r\n");
        pop.expect("+OK", pop.line());
        pop.raw("PASS " + PASSWORD + "\r\n");
        return pop.line();
    }

    private static String uniqueId(Telnet pop) throws IOException {
        pop.raw("UIDL 1\r\n");
        var line = pop.line();
        pop.expect("+OK 1 ", line);
        return line;
    }

    @Test
    @Order(3)
    void both_nodes_send_from_one_queue_and_nothing_twice() throws Exception {
        try (var sink = RemoteServer.gate()) {
            one.launcher.run("route", "add", "away.test", "smtp://127.0.0.1:" + sink.port());
            submit(one, "away.test", "both");
            eventually("both are at work", Duration.ofSeconds(60), () -> atWork().size() == 2);
            sink.admit(2 * MESSAGES);
            eventually(
                    "all have left",
                    Duration.ofSeconds(60),
                    () -> subjects(sink).size() >= MESSAGES);
            assertThat(subjects(sink)).doesNotHaveDuplicates().hasSize(MESSAGES);
        }
    }

    @Test
    @Order(4)
    void what_a_node_was_sending_when_it_died_the_other_sends() throws Exception {
        try (var sink = RemoteServer.gate()) {
            one.launcher.run("route", "add", "later.test", "smtp://127.0.0.1:" + sink.port());
            submit(one, "later.test", "dies");
            eventually("both are at work", Duration.ofSeconds(60), () -> atWork().size() == 2);
            one.kill();
            sink.admit(2 * MESSAGES);
            // No host had said 250 to it when it died; so nothing comes twice.
            eventually(
                    "all have left",
                    Duration.ofSeconds(120),
                    () -> subjects(sink).size() >= MESSAGES);
            assertThat(subjects(sink)).doesNotHaveDuplicates().hasSize(MESSAGES);
        }
        deliver(other, "second");
        one.launcher.run("run", "--detach");
        deliver(one, "third");
    }

    private static void submit(Node node, String domain, String prefix) throws IOException {
        Submission.many(node.port("submission"), READER, domain, prefix, MESSAGES);
    }

    /** Nodes that have leases on recipients. */
    private static Set<String> atWork() throws SQLException {
        var nodes = new TreeSet<String>();
        try (var connection = database.getPostgresDatabase().getConnection();
                var query = connection.prepareStatement(
                        "SELECT DISTINCT lease_node FROM queued_recipient WHERE state = 'sending'");
                var rows = query.executeQuery()) {
            while (rows.next()) {
                nodes.add(rows.getString(1));
            }
        }
        return nodes;
    }

    private static List<String> subjects(RemoteServer sink) {
        return sink.messages().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Subject: "))
                .toList();
    }
}
