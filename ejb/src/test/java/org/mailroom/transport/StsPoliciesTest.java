package org.mailroom.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestAuthority;
import org.mailroom.TestDatabase;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 8461 §3.3: policies from a web server that behaves, or does not. */
class StsPoliciesTest {
    private static final String POLICY = "version: STSv1\nmode: enforce\nmx: mx.there.test\nmax_age: 86400\n";

    private static SSLContext card;
    private static SSLContext trusting;
    private static DataSource database;

    private final FakeDns names = new FakeDns();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final TlsResults results = new TlsResults(true, Clock.systemUTC());
    private HttpsServer web;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /** Status, type and text of the answer. */
    private volatile int status = 200;

    private volatile String type = "text/plain; charset=utf-8";
    private volatile String text = POLICY;
    private volatile boolean hangs;
    private volatile boolean chunked;

    @BeforeAll
    static void certificate() throws Exception {
        var authority = new TestAuthority();
        card = authority.card("dns:mta-sts.there.test").context();
        trusting = new Authorities(authority.certificate().toString()).context();
        database = TestDatabase.fresh();
    }

    @BeforeEach
    void serve() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM sts_policy; DELETE FROM tls_result");
        }
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.setHttpsConfigurator(new HttpsConfigurator(card));
        web.createContext("/", exchange -> {
            asked.incrementAndGet();
            if (hangs) {
                await();
            }
            var octets = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, chunked ? 0 : octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
        web.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        web.start();
        names.with("_mta-sts.there.test TXT \"v=STSv1; id=1;\"").with("mta-sts.there.test A 127.0.0.1");
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        over.countDown();
        web.stop(0);
        names.close();
    }

    private StsPolicies policies(SSLContext trust, Duration limit) {
        var dns = new Dns(List.of(names.address()), Duration.ofSeconds(2));
        var port = ":" + web.getAddress().getPort() + "/";
        return new StsPolicies(
                dns,
                new StsFetch(
                        new Web(dns, trust.getSocketFactory(), limit),
                        domain -> StsFetch.wellKnown(domain).replace("/.well", port + ".well")),
                new StsTable(database),
                results,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private StsPolicies policies() {
        return policies(trusting, Duration.ofSeconds(5));
    }

    @Test
    void policy_is_fetched_once_and_outlives_restart_and_record() throws Exception {
        var policies = policies();
        assertThat(policies.find("there.test")).isPresent();
        assertThat(policies.find("there.test").orElseThrow().hosts()).containsExactly("mx.there.test");
        assertThat(asked).hasValue(1);
        names.without("_mta-sts.there.test");
        assertThat(policies().find("there.test")).isPresent();
        now = now.plus(Duration.ofDays(2));
        assertThat(policies().find("there.test")).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void new_id_brings_the_new_policy() throws Exception {
        policies().find("there.test");
        names.without("_mta-sts.there.test").with("_mta-sts.there.test TXT \"v=STSv1; id=2\"");
        text = POLICY.replace("enforce", "testing");
        assertThat(policies().find("there.test").orElseThrow().mode()).isEqualTo(StsPolicy.Mode.TESTING);
    }

    @Test
    void failed_fetch_leaves_the_old_policy_in_force_and_is_not_repeated_at_once() throws Exception {
        policies().find("there.test");
        names.without("_mta-sts.there.test").with("_mta-sts.there.test TXT \"v=STSv1; id=2\"");
        status = 500;
        var policies = policies();
        assertThat(policies.find("there.test")).isPresent();
        assertThat(policies.find("there.test")).isPresent();
        assertThat(asked).hasValue(2);
    }

    @Test
    void domain_without_a_record_or_with_two_has_none() throws Exception {
        assertThat(policies().find("other.test")).isEmpty();
        names.with("_mta-sts.there.test TXT \"v=STSv1; id=2\"");
        assertThat(policies().find("there.test")).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void redirect_other_type_garbage_and_excess_are_no_policies() {
        status = 301;
        assertThat(policies().find("there.test")).isEmpty();
        status = 200;
        type = "text/html";
        assertThat(policies().find("there.test")).isEmpty();
        type = "text/plain";
        text = "hello";
        assertThat(policies().find("there.test")).isEmpty();
        text = POLICY + "x".repeat(70_000);
        assertThat(policies().find("there.test")).isEmpty();
        assertThat(asked).hasValue(4);
    }

    @Test
    void policy_may_come_in_chunks() {
        chunked = true;
        assertThat(policies().find("there.test")).isPresent();
    }

    /** RFC 8461 §3.3: the certificate is for the name that was asked. */
    @Test
    void certificate_for_another_name_brings_none() throws Exception {
        names.with("_mta-sts.other.test TXT \"v=STSv1; id=1;\"").with("mta-sts.other.test A 127.0.0.1");
        assertThat(policies().find("other.test")).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(counted()).isEqualTo("sts sts-webpki-invalid");
    }

    @Test
    void certificate_that_nobody_trusts_brings_none() throws Exception {
        assertThat(policies(SSLContext.getDefault(), Duration.ofSeconds(5)).find("there.test"))
                .isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void server_that_hangs_is_left() throws IOException {
        hangs = true;
        assertThat(policies(trusting, Duration.ofMillis(300)).find("there.test"))
                .isEmpty();
    }

    /** RFC 8460 §4.3.2.2. */
    @Test
    void what_kept_a_policy_away_is_counted_for_the_report() throws Exception {
        status = 500;
        policies().find("there.test");
        status = 200;
        text = "hello";
        policies().find("there.test");
        policies(SSLContext.getDefault(), Duration.ofSeconds(5)).find("there.test");
        assertThat(counted()).isEqualTo("sts sts-policy-fetch-error, sts sts-policy-invalid, sts sts-webpki-invalid");
    }

    private String counted() throws Exception {
        results.flush(database);
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("""
                        SELECT string_agg(kind || ' ' || trouble, ', ' ORDER BY trouble) FROM tls_result""")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The name of the web server is one that DNS must vouch for as for any other. */
    @Test
    void name_without_an_answer_brings_none() throws Exception {
        names.failing("mta-sts.there.test");
        assertThat(policies().find("there.test")).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(counted()).isEqualTo("sts sts-policy-fetch-error");
    }
}
