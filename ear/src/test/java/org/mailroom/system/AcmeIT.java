package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailroom.dialogue.Looking;

/** Certificates that an authority gives by itself (RFC 8555), shown by the listeners without a restart, and renewed. */
class AcmeIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofDays(90);

    /** Where nobody listens. */
    private static final String ELSEWHERE = "127.0.9.99";

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private static String chainBefore;
    private static String keyBefore;
    private static Pebble pebble;

    @BeforeAll
    static void start() throws IOException {
        Programs.installed("pebble");
        chainBefore = Files.readString(SERVER.home().resolve("tls/certificate.pem"));
        keyBefore = Files.readString(SERVER.home().resolve("tls/private-key.pem"));
        SERVER.names()
                .with("mail.acme.test A 127.0.0.1")
                .with("imap.acme.test A 127.0.0.1")
                .with("elsewhere.acme.test A " + ELSEWHERE);
        pebble = pebble(LIFE);
    }

    private static Pebble pebble(Duration life) throws IOException {
        return new Pebble(
                SERVER.authority(), SERVER.port("console"), SERVER.names().address(), life);
    }

    @AfterAll
    static void stop() throws Exception {
        if (pebble != null) {
            pebble.close();
        }
    }

    @AfterEach
    void orders_nothing_any_more_and_shows_what_it_did() {
        SERVER.api("DELETE", "/certificates/acme", "");
        var body = Json.createObjectBuilder().add("chain", chainBefore).add("privateKey", keyBefore);
        var answer = SERVER.api("PUT", "/certificates", body.build().toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** What a client of the port is shown. */
    private static List<X509Certificate> shown(String listener) throws IOException, GeneralSecurityException {
        try (var tls = (SSLSocket)
                new Looking().context().getSocketFactory().createSocket("127.0.0.1", SERVER.port(listener))) {
            tls.startHandshake();
            return List.of(tls.getSession().getPeerCertificates()).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> name.get(1).toString())
                .toList();
    }

    private static HttpResponse<String> setUp(Pebble at, boolean agreed, String... names) {
        var wish = Json.createObjectBuilder()
                .add("directory", at.directory())
                .add("contact", "postmaster@acme.test")
                .add("names", Json.createArrayBuilder(List.of(names)))
                .add("agreed", agreed);
        return SERVER.api("PUT", "/certificates/acme", wish.build().toString());
    }

    private static JsonObject ordered() throws Exception {
        assertThat(SERVER.api("POST", "/certificates/acme/orders", "").statusCode())
                .isEqualTo(202);
        eventually(
                "the order ends",
                BOUND,
                () -> !SERVER.get("/certificates/acme").getString("state").equals("ordering"));
        return SERVER.get("/certificates/acme");
    }

    @Test
    void certificate_is_ordered_in_the_browser_and_shown_by_the_ports_at_once() throws Exception {
        try (var guest = new Telnet(SERVER.port("imap"))) {
            guest.reply();
            order(BROWSER.visit());
            for (var listener : List.of("imaps", "pop3s", "submissions")) {
                assertThat(names(shown(listener).getFirst()))
                        .as(listener)
                        .containsExactlyInAnyOrder("mail.acme.test", "imap.acme.test");
            }
            guest.expect("a OK", guest.imap("a", "NOOP"));
        }
        var chain = shown("imaps");
        var root = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pebble.root().getBytes(StandardCharsets.US_ASCII)));
        chain.getFirst().verify(chain.get(1).getPublicKey());
        chain.getLast().verify(root.getPublicKey());
    }

    private static void order(Page page) throws Exception {
        BROWSER.go("/certificates");
        BROWSER.field("Directory of the authority (URL)").fill(pebble.directory());
        BROWSER.field("Names").fill("mail.acme.test imap.acme.test");
        BROWSER.button("Save").click();
        assertThat(page.locator("#notices")).containsText("agree to its terms of service: data:text/plain");
        page.locator("[id='authority:agreed']").check();
        BROWSER.button("Save").click();
        assertThat(page.locator("#notices")).containsText("Nothing is ordered yet");
        BROWSER.button("Order a certificate now").click();
        assertThat(page.locator("#live tbody"))
                .containsText("Names proved", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
        eventually(
                "the order ends",
                BOUND,
                () -> SERVER.get("/certificates/acme").getString("state").equals("issued"));
        BROWSER.go("/certificates");
        for (var port : page.locator("li.card").all()) {
            assertThat(port).containsText("mail.acme.test");
        }
        BROWSER.go("/audit?q=certificate.issued");
        assertThat(page.locator("tbody").first()).containsText("mail.acme.test");
    }

    @Test
    void order_that_failed_can_be_read_in_both_languages_and_on_a_phone() throws Exception {
        setUp(pebble, true, "elsewhere.acme.test");
        ordered();
        var texts = Map.of("en-GB", "Names proved", "de-DE", "Namen nachgewiesen");
        for (var language : texts.keySet()) {
            var page = BROWSER.begin(
                    new Browser.NewContextOptions().setLocale(language).setBypassCSP(true));
            BROWSER.login(SERVER.administrator(), SERVER.administratorPassword());
            assertThat(page.locator("#live .notice")).containsText("elsewhere.acme.test");
            BROWSER.go("/certificates");
            assertThat(page.locator("#live")).containsText(texts.get(language));
            BROWSER.isAccessible("/certificates", ColorScheme.LIGHT);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            BROWSER.isAccessible("/certificates", ColorScheme.DARK);
            page.setViewportSize(375, 844);
            BROWSER.fitsThePhone("/certificates");
        }
    }

    @Test
    void name_that_does_not_lead_here_is_explained_and_the_old_certificate_stays() throws Exception {
        var before = shown("imaps");
        assertThat(setUp(pebble, true, "mail.acme.test", "elsewhere.acme.test").statusCode())
                .isEqualTo(200);
        var state = ordered();
        assertThat(state.getString("state")).isEqualTo("failed");
        assertThat(state.getString("trouble")).startsWith("elsewhere.acme.test: connection: ");
        assertThat(state.getString("trouble").length()).isLessThanOrEqualTo(500);
        assertThat(shown("imaps")).isEqualTo(before);
        var step = state.getJsonArray("steps").getValuesAs(JsonObject.class).getLast();
        assertThat(step.getString("step")).isEqualTo("proof");
        assertThat(step.getBoolean("good")).isFalse();
        var told = SERVER.execute("certificate", "order");
        assertThat(told.code()).isNotZero();
        assertThat(told.output()).contains("FAILED", "there is no new certificate: elsewhere.acme.test: connection: ");
        assertThat(BROWSER.visit().locator("#live"))
                .containsText("The certificate could not be ordered: elsewhere.acme.test");
        assertThat(SERVER.get("/audit?filter=certificate.refused").toString()).contains("elsewhere.acme.test");
    }

    @Test
    void command_orders_and_renews_with_the_same_account() throws Exception {
        var first = SERVER.run(
                "certificate", "order", "--directory", pebble.directory(), "--name", "mail.acme.test", "--agree");
        assertThat(first).contains("account      ok", "proof        ok", "Is shown from now on: mail.acme.test");
        var one = shown("imaps").getFirst();
        var second = SERVER.run("certificate", "order");
        var other = shown("imaps").getFirst();
        assertThat(names(other)).containsExactly("mail.acme.test");
        assertThat(other.getSerialNumber()).isNotEqualTo(one.getSerialNumber());
        assertThat(account(second)).isEqualTo(account(first)).startsWith("account");
        assertThat(SERVER.run("certificate", "acme")).contains("state      issued", "next ");
        var own = SERVER.api(
                "PUT",
                "/certificates",
                Json.createObjectBuilder()
                        .add("chain", chainBefore)
                        .add("privateKey", keyBefore)
                        .build()
                        .toString());
        assertThat(own.statusCode()).isEqualTo(409);
        assertThat(own.body()).contains("turn that off first");
        assertThat(SERVER.run("certificate", "acme", "--off")).contains("the certificate that is shown stays");
        assertThat(shown("imaps").getFirst()).isEqualTo(other);
    }

    private static String account(String steps) {
        return steps.lines()
                .filter(line -> line.startsWith("account"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void certificate_is_renewed_by_itself_when_a_third_of_its_life_is_left() throws Exception {
        try (var hasty = pebble(Duration.ofSeconds(30))) {
            assertThat(setUp(hasty, true, "mail.acme.test").statusCode()).isEqualTo(200);
            assertThat(ordered().getString("state")).isEqualTo("issued");
            var first = shown("imaps").getFirst();
            eventually(
                    "another is shown",
                    Duration.ofSeconds(80),
                    () -> !shown("imaps").getFirst().equals(first));
            assertThat(names(shown("imaps").getFirst())).containsExactly("mail.acme.test");
        }
    }

    @Test
    void set_up_stands_in_the_file_of_the_state_with_the_terms_that_are_agreed_to() throws Exception {
        var file = Files.createTempFile("state", ".yaml");
        var entry = "acme:\n  - {directory: '" + pebble.directory()
                + "', contact: postmaster@acme.test, names: [mail.acme.test]";
        Files.writeString(file, entry + "}\n");
        var asked = SERVER.execute("apply", file.toString(), "--dry-run").output();
        assertThat(asked).contains("agree to its terms of service: data:text/plain");
        var terms = asked.strip().replaceFirst("(?s).*terms of service: ", "");
        Files.writeString(file, entry + ", terms: '" + terms + "'}\n");
        assertThat(SERVER.run("apply", file.toString(), "--dry-run"))
                .contains("+ acme", "directory: " + pebble.directory(), "names: [mail.acme.test]");
        assertThat(SERVER.get("/certificates/acme").getString("state")).isEqualTo("off");
        assertThat(SERVER.run("apply", file.toString(), "--yes")).contains("Done: 1 changed.");
        assertThat(SERVER.run("apply", file.toString(), "--yes")).contains("Nothing to do");
        assertThat(ordered().getString("state")).isEqualTo("issued");
        assertThat(names(shown("imaps").getFirst())).containsExactly("mail.acme.test");
        var exported = Files.writeString(file, SERVER.run("export", "acme"));
        assertThat(exported).content().contains(pebble.directory(), terms).doesNotContainIgnoringCase("key");
        assertThat(SERVER.run("apply", file.toString(), "--yes", "--prune")).contains("Nothing to do");
        Files.writeString(file, "acme: []\n");
        assertThat(SERVER.run("apply", file.toString(), "--yes", "--prune")).contains("- acme", "Done: 1 changed.");
        assertThat(SERVER.get("/certificates/acme").getString("state")).isEqualTo("off");
    }

    @Test
    void what_cannot_be_ordered_is_refused_before() {
        assertThat(setUp(pebble, false, "mail.acme.test").body()).contains("terms of service");
        assertThat(setUp(pebble, true, "*.acme.test").statusCode()).isEqualTo(422);
        assertThat(setUp(pebble, true, "127.0.0.1").statusCode()).isEqualTo(422);
        var plain = "{\"directory\":\"http://localhost/dir\",\"agreed\":true}";
        assertThat(SERVER.api("PUT", "/certificates/acme", plain).statusCode()).isEqualTo(422);
        var silent = SERVER.api("PUT", "/certificates/acme", "{\"directory\":\"https://localhost:1/dir\"}");
        assertThat(silent.statusCode()).isEqualTo(409);
        assertThat(silent.body()).contains("the authority cannot be asked: no connection");
        assertThat(SERVER.api("POST", "/certificates/acme/orders", "").statusCode())
                .isEqualTo(409);
        assertThat(SERVER.get("/certificates/acme").getString("state")).isEqualTo("off");
    }

    @Test
    void strangers_find_answers_and_nothing_else() throws Exception {
        var root = "http://127.0.0.1:" + SERVER.port("console") + "/.well-known/";
        for (var path : List.of("", "acme-challenge/", "acme-challenge/" + "x".repeat(43), "acme-challenge/%2e%2e")) {
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(root + path)).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
        }
    }
}
