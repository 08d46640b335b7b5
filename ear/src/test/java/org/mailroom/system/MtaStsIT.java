package org.mailroom.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailroom.system.Eventually.eventually;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailroom.system.MailClient.Security;

/** Domains that publish a policy for their mail hosts (RFC 8461): in DNS, on a web server, and kept to or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MtaStsIT {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String WEB = "127.0.9.1";

    private final Mailroom server = Mailroom.server();
    private final Map<String, String> policies = new ConcurrentHashMap<>();
    private final Map<String, ForeignHost> hosts = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private SSLContext right;
    private MailClient sender;

    /** All are sent at once, for what is counted is written down once a minute. */
    @BeforeAll
    void publish() throws Exception {
        right = server.authority()
                .card(Stream.of("keeps", "impostor", "unnamed", "clear", "tried")
                        .flatMap(name -> Stream.of("mta-sts", "mx").map(host -> "dns:" + host + "." + name + ".test"))
                        .filter(name -> !name.equals("dns:mx.impostor.test") && !name.equals("dns:mx.tried.test"))
                        .collect(joining(",")))
                .context();
        serve();
        domain("keeps.test", "enforce", "*.keeps.test", right).offering("REQUIRETLS");
        domain("impostor.test", "enforce", "mx.impostor.test", right);
        domain("unnamed.test", "enforce", "mail.unnamed.test", right);
        domain("clear.test", "enforce", "mx.clear.test", null);
        domain("tried.test", "testing", "mx.tried.test", right);
        domain("unproven.test", "enforce", "mx.unproven.test", null);
        sender = new MailClient(server.account("stella"));
        for (var domain : hosts.keySet()) {
            sender.submit(Security.STARTTLS, "x@" + domain, message(domain));
        }
    }

    @AfterAll
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    private void serve() throws IOException {
        var web = HttpsServer.create();
        try {
            web.bind(new InetSocketAddress(WEB, 443), 10);
        } catch (SocketException e) {
            assumeTrue(false, "port 443 is not ours, and so no policy can be published: " + e);
        }
        web.setHttpsConfigurator(new HttpsConfigurator(right));
        web.createContext("/.well-known/mta-sts.txt", this::answer);
        web.start();
        open.add(() -> web.stop(0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var policy = policies.getOrDefault(exchange.getRequestHeaders().getFirst("Host"), "");
        var octets = policy.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(policy.isEmpty() ? 404 : 200, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    /** With one mail host; without a certificate it offers no TLS. */
    private ForeignHost domain(String domain, String mode, String mx, @Nullable SSLContext certificate)
            throws IOException {
        var address = "127.0.9." + (10 + hosts.size());
        server.names()
                .with("_mta-sts." + domain + " TXT \"v=STSv1; id=1;\"")
                .with("mta-sts." + domain + " A " + WEB)
                .with(domain + " MX 10 mx." + domain + ".")
                .with("mx." + domain + " A " + address);
        policies.put(
                "mta-sts." + domain, "version: STSv1\r\nmode: " + mode + "\r\nmx: " + mx + "\r\nmax_age: 86400\r\n");
        var host = new ForeignHost(address, server.exchangerPort());
        open.add(host);
        hosts.put(domain, host);
        return certificate == null ? host : host.secured(certificate);
    }

    private static String message(String about) {
        return "From: stella@here.test\r\nSubject: to " + about + "\r\n\r\nhello\r\n";
    }

    private void eventuallyTraced(String domain, String... words) throws Exception {
        eventually(
                "the trace of " + domain + " tells",
                BOUND,
                () -> server.trace("x@" + domain).stream()
                        .anyMatch(step -> Stream.of(words).allMatch(step::contains)));
    }

    private void eventuallyCounted(String domain, String host, String trouble) throws Exception {
        eventually("it is counted for " + domain, BOUND.plusSeconds(20), () -> {
            var rows = server.list("/tls-counts?domain=" + domain).toString();
            return rows.contains("\"policy\":\"sts\"")
                    && rows.contains("\"host\":\"" + host + "\"")
                    && rows.contains("\"trouble\":\"" + trouble + "\"");
        });
    }

    @Test
    void host_that_is_named_and_proves_it_gets_mail() throws Exception {
        eventuallyTraced("keeps.test", "relayed", "TLSv1.3", "certificate=verified");
        assertThat(server.run("route", "explain", "keeps.test"))
                .contains("mx.keeps.test", "verified (MTA-STS)", "mode: enforce", "mx: *.keeps.test");
        eventuallyCounted("keeps.test", "mx.keeps.test", "");
    }

    @Test
    void host_with_a_certificate_for_another_name_gets_nothing() throws Exception {
        eventuallyTraced("impostor.test", "deferred", "4.7.5", "MTA-STS: ", "certificate name mismatch");
        assertThat(hosts.get("impostor.test").messages()).isEmpty();
        assertThat(server.api("GET", "/queue?filter=x@impostor.test", "").body())
                .contains("certificate name mismatch");
        eventuallyCounted("impostor.test", "mx.impostor.test", "certificate-host-mismatch");
    }

    @Test
    void host_that_is_not_named_is_not_even_asked() throws Exception {
        eventuallyTraced(
                "unnamed.test", "deferred", "4.7.5", "the policy of unnamed.test does not name mx.unnamed.test");
        assertThat(hosts.get("unnamed.test").connections()).isZero();
        eventuallyCounted("unnamed.test", "mx.unnamed.test", "validation-failure");
    }

    @Test
    void host_without_tls_gets_nothing() throws Exception {
        eventuallyTraced("clear.test", "deferred", "4.7.4", "MTA-STS: ", "offers no STARTTLS");
        assertThat(hosts.get("clear.test").messages()).isEmpty();
        eventuallyCounted("clear.test", "mx.clear.test", "starttls-not-supported");
    }

    /** RFC 8461 §5: it flows, and the owner hears of it. */
    @Test
    void policy_that_is_only_tried_keeps_nothing_back() throws Exception {
        eventuallyTraced("tried.test", "relayed", "TLSv1.3");
        assertThat(hosts.get("tried.test").messages()).hasSize(1);
        assertThat(server.trace("x@tried.test")).noneMatch(step -> step.contains("certificate=verified"));
        eventuallyCounted("tried.test", "mx.tried.test", "certificate-host-mismatch");
    }

    /** RFC 8461 §5.1: what cannot be had safely is no policy. */
    @Test
    void web_server_with_a_certificate_for_other_names_has_no_policy() throws Exception {
        eventuallyTraced("unproven.test", "relayed", "250");
        eventuallyCounted("unproven.test", "", "sts-webpki-invalid");
    }

    /** RFC 8689 §4.2.1: a policy in force vouches for its hosts. */
    @Test
    void sender_may_require_tls_of_such_a_host() throws Exception {
        sender.submit("safe@keeps.test", message("keeps, safely"), "REQUIRETLS");
        eventually(
                "it arrives",
                BOUND,
                () -> hosts.get("keeps.test").messages().stream().anyMatch(text -> text.contains("safely")));
        assertThat(hosts.get("keeps.test").heard())
                .anyMatch(line -> line.startsWith("MAIL FROM") && line.endsWith(" REQUIRETLS"));
    }
}
