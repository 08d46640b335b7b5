package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reports of others on our domains, from the mail that brings them to the page that shows them. */
class ReportsReceivedIT {
    @RegisterExtension
    static ConsoleBrowser browser = new ConsoleBrowser();

    private static final Mailroom SERVER = Mailroom.server();
    private static final String OURS = "reported.test";

    private static final String DMARC = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feedback><report_metadata><org_name>big.example</org_name><report_id>dmarc-1</report_id>
              <date_range><begin>1767225600</begin><end>1767311999</end></date_range></report_metadata>
            <policy_published><domain>reported.test</domain><p>none</p></policy_published>
            <record><row><source_ip>192.0.2.1</source_ip><count>1200</count>
              <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
              <identifiers><header_from>reported.test</header_from></identifiers></record>
            <record><row><source_ip>198.51.100.9</source_ip><count>3</count>
              <policy_evaluated><disposition>quarantine</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
              <identifiers><header_from>reported.test</header_from></identifiers></record></feedback>""";

    private static final String TLS = """
            {"organization-name":"other.example","report-id":"tls-1","date-range":
             {"start-datetime":"2026-01-02T00:00:00Z","end-datetime":"2026-01-02T23:59:59Z"},
             "policies":[{"policy":{"policy-type":"sts","policy-domain":"reported.test"},
              "summary":{"total-successful-session-count":50,"total-failure-session-count":2},
              "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"203.0.113.7",
               "receiving-mx-hostname":"mx.reported.test","failed-session-count":2}]}]}""";

    private static final String HOSTILE = "<!DOCTYPE feedback [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
            + "<feedback><policy_published><domain>&a;</domain></policy_published></feedback>";

    private static String inbox = "";
    private static String theirAdministrator = "";
    private static String otherAdministrator = "";

    @BeforeAll
    static void reports_come_by_mail() throws Exception {
        SERVER.run("domain", "add", OURS);
        inbox = SERVER.account("their-reports");
        theirAdministrator = SERVER.account("reported-dora");
        otherAdministrator = SERVER.account("reported-otto");
        SERVER.run("admin", "grant", theirAdministrator, "domain-administrator", "--domain", OURS);
        SERVER.run("admin", "grant", otherAdministrator, "domain-administrator", "--domain", Mailroom.DOMAIN);
        deliver("application/zip", zip(DMARC));
        deliver("application/tlsrpt+gzip", gzip(TLS.getBytes(UTF_8)));
        deliver("application/gzip", gzip(HOSTILE.getBytes(UTF_8)));
        deliver("application/gzip", gzip(("<" + " ".repeat(17 << 20)).getBytes(UTF_8)));
        eventually("all are read", Duration.ofSeconds(30), () -> {
            var all = SERVER.list("/reports/received").getValuesAs(JsonObject.class);
            return all.size() >= 4 && all.stream().noneMatch(report -> report.getBoolean("waiting"));
        });
    }

    private static void deliver(String type, byte[] octets) throws IOException {
        Smtp.deliver(
                SERVER.port("smtp"),
                inbox,
                "From: reports@big.example\r\nSubject: Report Domain: " + OURS
                        + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\nContent-Type: text/plain\r\n\r\nThis is a report.\r\n--b\r\nContent-Type: " + type
                        + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(octets) + "\r\n--b--\r\n");
    }

    private static byte[] zip(String report) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(octets)) {
            zip.putNextEntry(new ZipEntry("big.example!reported.test!1767225600!1767311999.xml"));
            zip.write(report.getBytes(UTF_8));
        }
        return octets.toByteArray();
    }

    private static byte[] gzip(byte[] report) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(octets)) {
            gzip.write(report);
        }
        return octets.toByteArray();
    }

    private static List<String> told(String path, String... fields) {
        return SERVER.list(path).getValuesAs(JsonObject.class).stream()
                .map(row -> String.join(
                        " ",
                        List.of(fields).stream()
                                .map(field -> String.valueOf(row.get(field)).replace("\"", ""))
                                .toList()))
                .toList();
    }

    @Test
    void they_are_told_by_rest_and_delivered_all_the_same() throws Exception {
        assertThat(told("/reports/received?domain=" + OURS, "kind", "reporter", "passed", "failed"))
                .containsExactly("tls other.example 50 2", "dmarc big.example 1200 3");
        assertThat(told("/reports/received/lines?domain=" + OURS, "day", "source", "count", "result", "dkim", "spf"))
                .containsExactly(
                        "2026-01-02 203.0.113.7 2 certificate-expired  ",
                        "2026-01-02  50   ",
                        "2026-01-01 198.51.100.9 3 quarantine fail fail",
                        "2026-01-01 192.0.2.1 1200 none pass fail");
        assertThat(told("/reports/received", "trouble"))
                .anyMatch(trouble -> trouble.contains("document type"))
                .contains("it has more than 16 MB when it is unpacked");
        assertThat(SERVER.get("/reports/received/sums").getBoolean("read")).isTrue();
        assertThat(new MailClient(inbox).count()).isEqualTo(4);
    }

    @Test
    void they_are_told_by_command() {
        assertThat(SERVER.run("report", "received", "--domain", OURS).lines())
                .anyMatch(line -> line.matches("20.* dmarc +" + OURS + " +big.example +1200 +3"))
                .noneMatch(line -> line.contains("document type"));
        assertThat(SERVER.run("report", "received")).contains("it has more than 16 MB when it is unpacked");
        assertThat(SERVER.run("report", "lines", "--domain", OURS, "--days", "1")
                        .lines())
                .anyMatch(line -> line.matches("2026-01-01 +dmarc .* 198.51.100.9 .* 3 +quarantine +fail +fail"));
        assertThat(SERVER.run("report", "tls", "--days", "1")).startsWith("day ");
    }

    @Test
    void dns_should_name_the_address_to_which_they_come() {
        assertThat(SERVER.run("domain", "check", OURS))
                .contains("v=DMARC1; p=quarantine; rua=mailto:their-reports@" + OURS)
                .contains("v=TLSRPTv1; rua=mailto:their-reports@" + OURS);
    }

    @Test
    void they_are_shown_by_domain_reporter_and_source() {
        browser.visit();
        browser.go("/reports");
        assertThat(browser.row(OURS).first()).containsText("1,200");
        assertThat(browser.row("it has a document type or entities, which no report needs"))
                .isVisible();
        assertThat(browser.row("it has more than 16 MB")).isVisible();
        browser.isAccessible("/reports", ColorScheme.LIGHT);
        browser.link(OURS).first().click();
        assertThat(browser.row("198.51.100.9")).containsText("quarantine");
        assertThat(browser.row("192.0.2.1")).containsText("1,200");
        assertThat(browser.row("203.0.113.7")).containsText("certificate has expired");
        browser.isAccessible("/reports?domain=" + OURS, ColorScheme.DARK);
    }

    @Test
    void german_readers_read_german() {
        browser.begin(new Browser.NewContextOptions().setLocale("de-DE"));
        browser.login(SERVER.administrator(), SERVER.administratorPassword());
        browser.go("/reports");
        assertThat(browser.row("er hat einen Dokumenttyp oder Entitäten, die kein Bericht braucht"))
                .isVisible();
        assertThat(browser.row(OURS).first()).containsText("1.200");
    }

    @Test
    void domain_administrators_see_those_on_their_domains() {
        var page = browser.begin(new Browser.NewContextOptions());
        browser.login(theirAdministrator, Mailroom.password(theirAdministrator));
        browser.go("/reports");
        assertThat(browser.row(OURS).first()).containsText("1,200");
        assertThat(page.locator("#unread, #dmarc, #tls")).hasCount(0);
        browser.go("/reports?domain=" + OURS);
        assertThat(browser.row("198.51.100.9")).isVisible();
        page = browser.begin(new Browser.NewContextOptions());
        browser.login(otherAdministrator, Mailroom.password(otherAdministrator));
        browser.go("/reports?domain=" + OURS);
        assertThat(browser.heading()).hasText("Reports");
        assertThat(page.locator("tbody tr")).hasCount(0);
    }
}
