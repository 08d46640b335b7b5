package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailroom.TestAuthority;
import org.mailroom.dialogue.Looking;

/** Another certificate, brought by the console or a command, and shown by the listeners without a restart. */
class CertificatesIT {
    private static final Mailroom SERVER = Mailroom.server();

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private static TestAuthority authority;
    private static String chainBefore;
    private static String keyBefore;

    private Page page;

    @BeforeAll
    static void open() throws IOException {
        authority = new TestAuthority();
        chainBefore = Files.readString(SERVER.home().resolve("tls/certificate.pem"));
        keyBefore = Files.readString(SERVER.home().resolve("tls/private-key.pem"));
    }

    @AfterAll
    static void put_the_first_one_back() {
        if (keyBefore != null) {
            var body = Json.createObjectBuilder()
                    .add("chain", chainBefore)
                    .add("privateKey", keyBefore)
                    .build();
            var answer = SERVER.api("PUT", "/certificates", body.toString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    /** What a client of the port is shown. */
    private static List<String> shown(String listener) throws IOException, GeneralSecurityException {
        try (var tls = (SSLSocket)
                new Looking().context().getSocketFactory().createSocket("127.0.0.1", SERVER.port(listener))) {
            tls.startHandshake();
            var certificate = (X509Certificate) tls.getSession().getPeerCertificates()[0];
            return certificate.getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1).toString())
                    .toList();
        }
    }

    private void install(String certificates, String key) {
        BROWSER.go("/certificates");
        BROWSER.field("Certificates").fill(certificates);
        BROWSER.field("Private key").fill(key);
        BROWSER.button("Install").click();
    }

    @Test
    void certificate_is_installed_in_the_browser_and_shown_by_all_ports_at_once() throws Exception {
        var card = authority.card("dns:installed.test");
        try (var guest = new Telnet(SERVER.port("imap"))) {
            guest.reply();
            BROWSER.go("/certificates");
            page.locator("#chain-file").setInputFiles(card.certificate());
            page.locator("#key-file").setInputFiles(card.key());
            assertThat(BROWSER.field("Private key")).hasValue(Files.readString(card.key()));
            BROWSER.button("Install").click();
            assertThat(page.locator("#notices")).containsText("It is for installed.test");
            assertThat(page.locator("#notices")).containsText("It is not for " + SERVER.hostname());
            for (var listener : List.of("imaps", "pop3s", "submissions")) {
                assertThat(shown(listener)).as(listener).containsExactly("installed.test");
            }
            guest.expect("a OK", guest.imap("a", "NOOP"));
        }
        var ports = page.locator("li.card");
        assertThat(ports)
                .hasCount(SERVER.get("/status").getJsonArray("listeners").size());
        for (var port : ports.all()) {
            assertThat(port).containsText("installed.test");
        }
        assertThat(page.locator("body")).not().containsText("PRIVATE KEY-----\n");
        assertThat(Files.getPosixFilePermissions(SERVER.home().resolve("tls/private-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        BROWSER.go("/audit?q=certificate.install");
        assertThat(page.locator("tbody").first()).containsText("installed.test");
    }

    @Test
    void key_of_another_certificate_is_refused_and_nothing_changes() throws Exception {
        var before = shown("imaps");
        install(
                Files.readString(authority.card("dns:one.test").certificate()),
                Files.readString(authority.card("dns:two.test").key()));
        assertThat(page.locator("#notices")).containsText("The private key belongs to none of the certificates");
        assertThat(shown("imaps")).isEqualTo(before);
        install("what is this", "");
        assertThat(page.locator("#notices")).containsText("There is no certificate");
    }

    @Test
    void certificate_is_tried_and_installed_by_a_command() throws Exception {
        var card = authority.card("dns:commanded.test");
        var files = new String[] {card.certificate().toString(), card.key().toString()};
        var before = shown("imaps");
        assertThat(SERVER.run("certificate", "install", files[0], files[1], "--dry-run"))
                .contains("Would be shown: commanded.test");
        assertThat(shown("imaps")).isEqualTo(before);
        assertThat(SERVER.run("certificate", "install", files[0], files[1]))
                .contains("Is shown from now on: commanded.test");
        assertThat(shown("imaps")).containsExactly("commanded.test");
        assertThat(SERVER.run("certificate", "list")).contains("submissions", "TLSv1.3");
    }
}
