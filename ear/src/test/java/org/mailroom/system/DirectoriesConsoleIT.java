package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailroom.system.Eventually.eventually;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestAuthority;
import org.mailroom.ldap.SampleCompany;

/** The pages about directories, and the login at an issuer elsewhere, in a real browser. */
class DirectoriesConsoleIT {
    private static Mailroom server;
    private static InMemoryDirectoryServer directory;
    private static TestAuthority authority;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void a_company_and_a_browser() throws Exception {
        var chromium = Path.of(System.getProperty("mailroom.chromium", "/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(chromium), "SKIPPED: there is no chromium for the browser tests");
        server = Mailroom.server();
        server.run("domain", "add", "pages.test");
        authority = new TestAuthority();
        var config = new InMemoryDirectoryServerConfig(SampleCompany.BASE);
        config.addAdditionalBindCredentials("cn=mailroom", "search me");
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "ldaps", 0, authority.card("dns:localhost").context().getServerSocketFactory()));
        directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        for (var entry : SampleCompany.entries("pages.test")) {
            directory.add(entry);
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
            server.api("DELETE", "/directories/company", "");
            directory.shutDown(true);
        }
    }

    @BeforeEach
    void visit() {
        begin("en-GB");
    }

    private void begin(String language) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(new Browser.NewContextOptions().setLocale(language));
        context.setDefaultTimeout(60_000);
        setDefaultAssertionTimeout(20_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + " " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " " + error));
    }

    @AfterEach
    void nothing_was_complained_of() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    private void go(String path) {
        page.navigate(server.console() + path);
    }

    private void login() {
        go("/login");
        page.locator("input[type=text]").fill(server.administrator());
        page.locator("input[type=password]").fill(server.administratorPassword());
        page.locator("input[type=password]").press("Enter");
        assertThat(page.locator("#logout, [id$=':logout']")).isVisible();
    }

    private Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private void save() throws Exception {
        save(0);
    }

    private void save(int minutes) throws Exception {
        go("/directories");
        field("Name").fill("company");
        button("New directory").click();
        assertThat(heading()).hasText("company");
        field("Domains").fill("pages.test");
        field("Servers, one a line").fill("ldaps://localhost:" + directory.getListenPort("ldaps"));
        field("Trusted certificates (PEM)").fill(Files.readString(authority.certificate()));
        field("Who searches (DN)").fill("cn=mailroom");
        field("Password of the one who searches").fill("search me");
        field("Search base").fill(SampleCompany.BASE);
        field("Minutes between comparisons").fill(String.valueOf(minutes));
        if (field("Kind").count() > 0) {
            field("Kind").selectOption("openldap");
        }
        button("Save directory").click();
        assertThat(page.locator("#notices")).containsText("The directory company was saved.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "de-DE"})
    void its_pages_are_accessible_in_both_languages(String language) throws Exception {
        login();
        save();
        begin(language);
        context.close();
        context = browser.newContext(
                new Browser.NewContextOptions().setLocale(language).setBypassCSP(true));
        page = context.newPage();
        login();
        for (var path : List.of("/directories", "/directories/company", "/directories/another")) {
            go(path);
            assertThat(heading()).hasCount(1);
            check(path);
        }
        go("/directories/company");
        page.locator("[id='try:go']").click();
        page.locator("details summary").click();
        check("tried");
        page.locator("[id='sync:dry']").click();
        check("compared");
    }

    private void check(String what) throws Exception {
        try (var script = Objects.requireNonNull(DirectoriesConsoleIT.class.getResourceAsStream("/axe.min.js"))) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        var found = page.evaluate("""
                async () => (await axe.run(document, {
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
                })).violations
                    .filter(violation => ['serious', 'critical'].includes(violation.impact))
                    .map(violation => violation.id + ': ' + violation.nodes.map(node => node.html).join(' '))""");
        assertThat((List<?>) found).as(what).isEmpty();
    }

    @Test
    void it_is_compared_on_time_and_by_hand_within_its_limit_and_removed() throws Exception {
        login();
        save(60);
        eventually(
                "the timer compared",
                Duration.ofSeconds(120),
                () -> server.list("/directories/company/syncs").stream()
                        .anyMatch(run -> !run.asJsonObject().getBoolean("dryRun")));
        go("/directories/company");
        assertThat(history()).contains("Compare and change", "done", "500");
        try {
            directory.delete(SampleCompany.dn(500));
            compare();
            assertThat(status()).hasText(Pattern.compile("done\\s+0 appeared, 0 changed, 1 gone\\."));
            assertThat(page.locator("#report")).containsText("user500@pages.test");
            assertThat(recipient(500)).startsWith("550 5.2.1");
            for (int number = 100; number < 160; number++) {
                directory.delete(SampleCompany.dn(number));
            }
            compare();
            assertThat(status()).containsText("stopped by the limit");
            assertThat(page.locator("#report"))
                    .containsText("60 of 499 are gone, and the limit is 10 percent: nothing is changed");
            assertThat(history()).contains("stopped by the limit");
            assertThat(recipient(100)).startsWith("250");
            field("Limit on removals, in percent").fill("20");
            button("Save directory").click();
            assertThat(page.locator("#notices")).containsText("was saved");
            compare();
            assertThat(status()).hasText(Pattern.compile("done\\s+0 appeared, 0 changed, 60 gone\\."));
            assertThat(recipient(100)).startsWith("550 5.2.1");
        } finally {
            for (int number = 100; number <= SampleCompany.PEOPLE; number++) {
                if (directory.getEntry(SampleCompany.dn(number)) == null) {
                    directory.add(SampleCompany.in("pages.test", SampleCompany.person(number)));
                }
            }
        }
        assertThat(imap(1)).contains("a OK");
        go("/directories");
        button("Remove the directory company").click();
        page.locator("#confirm-yes").click();
        assertThat(page.locator("#notices")).containsText("The directory company was removed; its accounts stay.");
        assertThat(page.locator("a[href$='/directories/company']")).hasCount(0);
        assertThat(recipient(1)).startsWith("250");
        assertThat(imap(1)).contains("a NO [AUTHENTICATIONFAILED]");
    }

    private void compare() {
        button("Compare and change").click();
        page.locator("#confirm-yes").click();
    }

    private Locator status() {
        return page.locator("section[aria-labelledby=compare] p[role=status]");
    }

    private String history() {
        var table = page.locator("[aria-labelledby=history]");
        return table.count() == 0 ? "" : table.textContent();
    }

    private static String recipient(int number) throws IOException {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("HELO client.test");
            telnet.smtp("MAIL FROM:<somebody@elsewhere.test>");
            return telnet.smtp("RCPT TO:<user" + number + "@pages.test>");
        }
    }

    private static String imap(int number) throws IOException {
        try (var telnet = new Telnet(server.port("imap"))) {
            telnet.reply();
            return telnet.imap("a", "LOGIN user" + number + "@pages.test " + SampleCompany.password(number));
        }
    }

    @Test
    void somebody_for_whom_the_issuer_vouches_is_let_in_and_out_again() {
        var who = server.account("sso-anna");
        server.openId().person(who, "mail auditors", "everybody");
        go("/queue?q=nobody");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Single sign-on"))
                .click();
        assertThat(heading()).hasText("Queue");
        assertThat(page.getByText(who).first()).isVisible();
        var session = context.cookies().stream()
                .filter(cookie -> cookie.name.equals("MAILROOM"))
                .findFirst()
                .orElseThrow();
        assertThat(session.sameSite.name()).isEqualTo("STRICT");
        // An auditor reads settings and changes nothing.
        go("/settings");
        assertThat(heading()).hasText("Settings");
        button("Log out").click();
        assertThat(heading()).hasText("Log in");
        assertThat(server.openId().farewell()).containsKeys("id_token_hint", "post_logout_redirect_uri");
        go("/queue");
        assertThat(heading()).hasText("Log in");
        assertThat(server.api("GET", "/audit?q=login.openid", "").body()).contains(who);
    }

    @Test
    void roles_of_an_issuer_go_with_the_groups_that_gave_them() {
        var who = server.account("sso-otto");
        server.openId().person(who, "mail auditors");
        go("/login/openid/begin?to=/settings");
        assertThat(heading()).hasText("Settings");
        server.openId().person(who);
        begin("en-GB");
        go("/login/openid/begin?to=/self");
        assertThat(heading()).hasText("My account");
        go("/settings");
        assertThat(heading()).not().hasText("Settings");
        // The browser notes the status of the refusal as an error.
        complaints.removeIf(complaint -> complaint.contains("status of 40"));
    }

    @Test
    void whoever_has_no_account_here_is_told_so() {
        server.openId().person("stranger@elsewhere.test", "mail admins");
        go("/login/openid/begin?to=/");
        assertThat(heading()).hasText("Log in");
        assertThat(page.locator("p[role=alert]")).containsText("nobody who has an account here");
    }

    @Test
    void an_answer_that_nobody_asked_for_lets_nobody_in() throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(server.console() + "/login/openid/back?code=abc&state=def&iss=x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("/login?openid=failed");
        assertThat(answer.headers().allValues("Set-Cookie").toString()).doesNotContain("MAILROOM=");
    }
}
