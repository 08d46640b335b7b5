package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestAuthority;
import org.mailroom.authenticity.TestDmarc;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.message.Messages;
import org.mailroom.trace.Trace;
import org.mailroom.transport.TestTransport;

/** Reports of a day that is over: who gets them, what they get, and that they get it once. */
class ReportSenderTest {
    private final FakeDns names = new FakeDns();
    private final Dns dns = new Dns(List.of(names.address()), Duration.ofSeconds(2));
    private final TestQueue queue = new TestQueue();
    private final List<byte[]> posted = new CopyOnWriteArrayList<>();
    private final List<String> types = new CopyOnWriteArrayList<>();
    private HttpsServer web;
    private Authorities authorities;

    @BeforeEach
    void count() throws Exception {
        var authority = new TestAuthority();
        authorities = new Authorities(authority.certificate().toString());
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.setHttpsConfigurator(
                new HttpsConfigurator(authority.card("dns:reports.there.test").context()));
        web.createContext("/tls", exchange -> {
            types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            posted.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        web.start();
        names.with("reports.there.test A 127.0.0.1");
    }

    @AfterEach
    void close() {
        web.stop(0);
        names.close();
    }

    /** As another node, or the same after a restart, has it. */
    private ReportSender sender() {
        var beans = queue.house;
        return new ReportSender(
                TestTransport.security(queue.database, dns, authorities),
                TestDmarc.reports(queue.database, dns),
                new ReportSender(
                        TestTransport.security(queue.database, dns, authorities),
                        TestDmarc.reports(queue.database, dns),
                        new ReportSender(),
                        beans.bean(Messages.class),
                        beans.bean(OutboundQueue.class),
                        beans.bean(Trace.class)) {
                    @Override
                    public void queue(String kind, String about, String recipient, Text text) {
                        inTransaction(() -> super.queue(kind, about, recipient, text));
                    }
                },
                beans.bean(Messages.class),
                beans.bean(OutboundQueue.class),
                beans.bean(Trace.class));
    }

    private void inTransaction(Runnable work) {
        try {
            queue.house.inTransaction(() -> {
                work.run();
                return true;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void tls(String day, String domain, String trouble, int sessions) throws SQLException {
        queue.sql("INSERT INTO tls_result (day, domain, kind, policy, host, trouble, sessions) VALUES ("
                + "(now() AT TIME ZONE 'UTC')::date " + day + ", '" + domain + "', 'sts', '', 'mx." + domain + "', '"
                + trouble + "', " + sessions + ")");
    }

    private void dmarc(String day, String owner, String record) throws SQLException {
        queue.sql("INSERT INTO dmarc_count (day, domain, policy, source, disposition, dkim, spf, messages) VALUES ("
                + "(now() AT TIME ZONE 'UTC')::date " + day + ", '" + owner + "', '" + owner + " " + record
                + "', '192.0.2.9', 'none', '', '" + owner + " mfrom fail', 7)");
    }

    private List<String> queued() throws SQLException {
        return queue.rows("""
                SELECT '<' || m.reverse_path || '>', r.address FROM queued_recipient r
                JOIN queued_message m ON m.id = r.queued_id ORDER BY r.address""");
    }

    /** The only message of the queue. */
    private String message() throws Exception {
        var id = queue.rows("SELECT message_id FROM queued_message");
        assertThat(id).hasSize(1);
        try (var in = queue.house
                .bean(Messages.class)
                .source(Long.parseLong(id.getFirst()))
                .open()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String unpacked(byte[] octets) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the report has attached, unpacked. */
    private static String attached(String message) throws IOException {
        var part = message.substring(message.indexOf("Content-Disposition: attachment"));
        var text = part.substring(part.indexOf("\r\n\r\n") + 4, part.indexOf("\r\n--"));
        return unpacked(Base64.getMimeDecoder().decode(text));
    }

    /** RFC 8460 §5.3. */
    @Test
    void tls_is_reported_by_mail_to_those_who_asked_once() throws Exception {
        names.with("_smtp._tls.there.test TXT \"v=TLSRPTv1; rua=mailto:tls@there.test\"");
        tls("- 1", "there.test", "certificate-expired", 2);
        tls("- 1", "there.test", "", 40);
        tls("- 1", "silent.test", "", 3);
        tls("- 0", "there.test", "", 5);
        sender().sendTls();
        sender().sendTls();
        assertThat(queued()).containsExactly("<> tls@there.test");
        var message = message();
        assertThat(message)
                .contains("\r\nFrom: <postmaster@here.test>\r\nTo: <tls@there.test>\r\n")
                .contains("\r\nSubject: Report Domain: there.test Submitter: mail.here.test Report-ID: <")
                .contains("\r\nTLS-Report-Domain: there.test\r\nTLS-Report-Submitter: mail.here.test\r\n")
                .contains("Content-Type: multipart/report; report-type=\"tlsrpt\"")
                .contains("Content-Type: application/tlsrpt+gzip")
                .containsPattern("filename=\"mail\\.here\\.test!there\\.test!\\d+!\\d+\\.json\\.gz\"");
        try (var reader = Json.createReader(new java.io.StringReader(attached(message)))) {
            var summary = reader.readObject()
                    .getJsonArray("policies")
                    .getJsonObject(0)
                    .getJsonObject("summary");
            assertThat(summary.getInt("total-successful-session-count")).isEqualTo(40);
            assertThat(summary.getInt("total-failure-session-count")).isEqualTo(2);
        }
        assertThat(queue.rows("SELECT step, recipient FROM trace WHERE rule = 'tls-report' ORDER BY id"))
                .containsExactly("received tls@there.test", "queued tls@there.test");
    }

    /** RFC 8460 §3: what keeps other mail back may be what it tells of. */
    @Test
    void report_on_tls_asks_for_none() throws Exception {
        names.with("_smtp._tls.there.test TXT \"v=TLSRPTv1; rua=mailto:tls@there.test\"");
        tls("- 1", "there.test", "starttls-not-supported", 1);
        sender().sendTls();
        assertThat(queue.rows("SELECT parameters FROM queued_message").getFirst())
                .contains(Wishes.TLS_OPTIONAL);
    }

    /** RFC 8460 §5.4. */
    @Test
    void tls_is_reported_to_a_web_server_once() throws Exception {
        names.with("_smtp._tls.there.test TXT \"v=TLSRPTv1; rua=https://reports.there.test:"
                + web.getAddress().getPort() + "/tls?of=us\"");
        tls("- 1", "there.test", "certificate-expired", 2);
        sender().sendTls();
        sender().sendTls();
        assertThat(types).containsExactly("application/tlsrpt+gzip");
        assertThat(unpacked(posted.getFirst())).contains("\"certificate-expired\"", "\"policy-domain\":\"there.test\"");
        assertThat(queued()).isEmpty();
    }

    @Test
    void one_that_cannot_be_sent_keeps_no_other_back() throws Exception {
        names.with("_smtp._tls.a.test TXT \"v=TLSRPTv1; rua=https://nowhere.a.test/,mailto:nobody\"");
        names.with("_smtp._tls.b.test TXT \"v=TLSRPTv1; rua=mailto:tls@b.test\"");
        tls("- 1", "a.test", "", 1);
        tls("- 1", "b.test", "", 1);
        sender().sendTls();
        assertThat(queued()).containsExactly("<> tls@b.test");
    }

    /** RFC 9990 §3.5. */
    @Test
    void dmarc_is_reported_by_mail_to_those_who_asked_once() throws Exception {
        dmarc("- 1", "strict.test", "v=DMARC1; p=reject; rua=mailto:dmarc@strict.test");
        dmarc("- 1", "silent.test", "v=DMARC1; p=none");
        dmarc("- 0", "strict.test", "v=DMARC1; p=reject; rua=mailto:dmarc@strict.test");
        sender().sendDmarc();
        sender().sendDmarc();
        assertThat(queued()).containsExactly("<> dmarc@strict.test");
        var message = message();
        assertThat(message)
                .contains("\r\nFrom: <postmaster@here.test>\r\nTo: <dmarc@strict.test>\r\n")
                .contains("\r\nSubject: Report Domain: strict.test Submitter: mail.here.test Report-ID: <")
                .contains("Content-Type: application/gzip")
                .containsPattern("filename=\"mail\\.here\\.test!strict\\.test!\\d+!\\d+\\.xml\\.gz\"");
        assertThat(attached(message))
                .contains("<source_ip>192.0.2.9</source_ip>", "<count>7</count>", "<domain>strict.test</domain>");
    }
}
