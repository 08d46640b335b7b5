package org.mailroom.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mailroom.contract.policy.OutsidePolicyMXBean;

/** Mailroom comes to a server that somebody already runs, is replaced, and goes without leaving anything behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallIT {
    private static final Path EAR = Path.of("target/mailroom.ear").toAbsolutePath();

    private static PlainPayara server;

    @BeforeAll
    static void another_application_is_there_first() throws Exception {
        server = PlainPayara.server();
        deployOther();
    }

    private static void deployOther() throws Exception {
        var war = Path.of("target/other.war").toAbsolutePath();
        ShrinkWrap.create(WebArchive.class, "other.war")
                .addClasses(
                        OtherApplication.class,
                        OtherApplication.Hello.class,
                        OtherPolicy.class,
                        OutsidePolicyMXBean.class)
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
        server.asadmin("deploy", "--force", "--contextroot", "/other", war.toString());
    }

    @AfterAll
    static void another_application_outlives_it() throws Exception {
        assertThat(get("/other/hello")).isEqualTo("still here");
        server.asadmin("undeploy", "other");
    }

    @Test
    @Order(1)
    void a_script_may_run_twice_and_deploy_makes_it_run() throws Exception {
        server.script("10-database.sh");
        server.asadmin("deploy", EAR.toString());
        ready();
        assertThat(get("/other/hello")).isEqualTo("still here");
    }

    @Test
    @Order(2)
    void a_redeploy_opens_the_same_ports_again() throws Exception {
        server.asadmin("redeploy", "--name", "mailroom", EAR.toString());
        ready();
        assertThat(greeting("smtp")).startsWith("220 plain.test");
        assertThat(greeting("imap")).startsWith("* OK");
        assertThat(get("/other/hello")).isEqualTo("still here");
    }

    @Test
    @Order(3)
    void a_bean_of_the_other_application_judges_mail() throws Exception {
        assertThat(sender("pest@there.test")).isEqualTo("550 5.7.1 No pests");
        assertThat(sender("friend@there.test")).startsWith("250 ");
        server.asadmin("undeploy", "other");
        assertThat(sender("pest@there.test")).startsWith("250 ");
        deployOther();
        // Asked again after a pause, if it was found missing too often.
        var end = Instant.now().plus(Duration.ofSeconds(60));
        while (sender("pest@there.test").startsWith("250 ")) {
            assertThat(Instant.now()).isBefore(end);
        }
    }

    /** The reply to MAIL. */
    private static String sender(String address) throws Exception {
        try (var socket = new java.net.Socket("127.0.0.1", server.portNumber("smtp"));
                var in = new java.io.BufferedReader(new java.io.InputStreamReader(
                        socket.getInputStream(), java.nio.charset.StandardCharsets.US_ASCII))) {
            in.readLine();
            for (var command : new String[] {"HELO client.test", "MAIL FROM:<" + address + ">"}) {
                socket.getOutputStream().write((command + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                if (command.startsWith("HELO")) {
                    in.readLine();
                }
            }
            return in.readLine();
        }
    }

    @Test
    @Order(4)
    void an_undeploy_leaves_no_port_no_thread_and_no_resource() throws Exception {
        server.asadmin("undeploy", "mailroom");
        for (var name : new String[] {"smtp", "imap"}) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress("127.0.0.1", server.portNumber(name)));
            }
        }
        assertThat(server.threads()).noneMatch(name -> name.contains("mailroom") || name.contains("netty"));
        server.script("90-undo.sh");
        assertThat(server.asadmin("list-jdbc-resources")).doesNotContain("jdbc/mail");
        assertThat(server.asadmin("list-jms-resources")).doesNotContain("mailroom");
        assertThat(server.asadmin("list-jdbc-connection-pools")).doesNotContainIgnoringCase("mail");
        assertThat(get("/other/hello")).isEqualTo("still here");
    }

    private static void ready() throws Exception {
        var end = Instant.now().plus(Duration.ofSeconds(90));
        while (status("/mailroom/api/v1/ready") != 200) {
            assertThat(Instant.now()).as(Files.readString(server.log())).isBefore(end);
            Thread.sleep(200);
        }
    }

    private static String greeting(String listener) throws Exception {
        try (var socket = new java.net.Socket("127.0.0.1", server.portNumber(listener))) {
            return new java.io.BufferedReader(new java.io.InputStreamReader(
                            socket.getInputStream(), java.nio.charset.StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static String get(String path) throws Exception {
        return send(path).body();
    }

    private static int status(String path) throws Exception {
        return send(path).statusCode();
    }

    private static HttpResponse<String> send(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("http") + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
