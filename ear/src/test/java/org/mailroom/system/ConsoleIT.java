package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, as an administrator uses it. */
class ConsoleIT {
    private static final List<String> PAGES = List.of(
            "/",
            "/domains",
            "/accounts",
            "/accounts/new",
            "/accounts/import",
            "/queue",
            "/destinations",
            "/quarantine",
            "/policies",
            "/lists",
            "/trace",
            "/trace?from=abc",
            "/sessions",
            "/telnet",
            "/log",
            "/reports",
            "/nodes",
            "/find?q=admin",
            "/routes",
            "/dkim",
            "/authenticity",
            "/shared-mailboxes",
            "/pop-policies",
            "/administrators",
            "/slowed-logins",
            "/directories",
            "/addresses",
            "/groups",
            "/limits",
            "/moderation",
            "/self",
            "/own-mail",
            "/self/second-factor",
            "/tokens",
            "/listeners",
            "/certificates",
            "/settings",
            "/settings/history",
            "/audit",
            "/connect",
            "/nothing");

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private Page page;

    @BeforeEach
    void visit() {
        begin(new Browser.NewContextOptions());
    }

    private void begin(Browser.NewContextOptions options) {
        page = BROWSER.begin(options);
    }

    private void go(String path) {
        BROWSER.go(path);
    }

    private void login() {
        BROWSER.login();
    }

    private Locator heading() {
        return BROWSER.heading();
    }

    private Locator button(String name) {
        return BROWSER.button(name);
    }

    private Locator field(String label) {
        return BROWSER.field(label);
    }

    private Locator notice() {
        return page.locator("#notices");
    }

    /** A name that no other run has used. */
    private static String fresh(String stem) {
        return stem + Long.toString(System.nanoTime(), 36);
    }

    @Test
    void wrong_password_is_refused_and_the_right_one_leads_where_the_reader_wanted() {
        go("/queue?q=nobody");
        assertThat(heading()).hasText("Log in");
        page.getByLabel("Address").fill(BROWSER.administrator);
        page.getByLabel("Password").fill("not the password");
        button("Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("do not match");
        page.getByLabel("Password").fill(BROWSER.password);
        button("Log in").click();
        assertThat(heading()).hasText("Queue");
        assertThat(page.getByLabel("Sender, recipient or queue id")).hasValue("nobody");
    }

    @Test
    void keyboard_alone_logs_in_and_reaches_the_content() {
        go("/login");
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Address")).isFocused();
        page.keyboard().type(BROWSER.administrator);
        page.keyboard().press("Tab");
        page.keyboard().type(BROWSER.password);
        page.keyboard().press("Tab");
        assertThat(button("Log in")).isFocused();
        page.keyboard().press("Enter");
        assertThat(heading()).hasText("Dashboard");
    }

    @Test
    void session_id_changes_at_login_and_ends_at_logout() {
        go("/login");
        String before = session();
        login();
        String after = session();
        assertThat(after).isNotEqualTo(before);
        button("Log out").click();
        assertThat(heading()).hasText("Log in");
        go("/accounts");
        assertThat(heading()).hasText("Log in");
    }

    private String session() {
        var cookie = BROWSER.context().cookies().stream()
                .filter(known -> known.name.equals("MAILROOM"))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.httpOnly).isTrue();
        assertThat(cookie.sameSite.name()).isEqualTo("STRICT");
        return cookie.value;
    }

    @Test
    void domain_is_added_and_removed_after_a_question() {
        login();
        String domain = fresh("d") + ".test";
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Domains").setExact(true))
                .click();
        field("Domain").fill(domain);
        button("Add domain").click();
        assertThat(notice()).containsText("The domain " + domain + " was added.");
        button("Remove " + domain).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText(domain);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(button("Remove " + domain)).isFocused();
        button("Remove " + domain).click();
        button("Yes, do it").click();
        assertThat(notice()).containsText("The domain " + domain + " was removed.");
        assertThat(button("Remove " + domain)).hasCount(0);
    }

    @Test
    void account_is_created_with_a_password_that_is_shown_once() {
        login();
        String address = fresh("carla") + "@" + BROWSER.administrator.substring(BROWSER.administrator.indexOf('@') + 1);
        go("/accounts/new");
        field("Address").fill(address);
        page.getByLabel("Name").fill("Carla <b>Bold</b>");
        button("Create account").click();
        assertThat(heading()).hasText(address);
        assertThat(page.locator("code.secret")).not().isEmpty();
        page.reload();
        assertThat(page.locator("code.secret")).hasCount(0);

        go("/accounts?q=" + address);
        assertThat(page.getByText("Carla <b>Bold</b>")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(address))
                .click();
        page.getByLabel("Size").fill("2 GB");
        page.locator("form#quota").getByRole(AriaRole.BUTTON).click();
        assertThat(notice()).containsText("The quota was changed.");
        assertThat(page.getByLabel("Size")).hasValue("2 GB");
        button("Disable").click();
        button("Yes, do it").click();
        assertThat(notice()).containsText("The account is disabled.");
        button("Enable").click();
        assertThat(notice()).containsText("The account is enabled.");
        button("Make a new password").click();
        button("Yes, do it").click();
        assertThat(page.locator("code.secret")).not().isEmpty();
    }

    @Test
    void refusal_is_told_and_what_was_typed_stays() {
        login();
        go("/accounts/new");
        field("Address").fill("somebody@not-ours.example");
        button("Create account").click();
        assertThat(notice().locator(".problem")).isVisible();
        assertThat(field("Address")).hasValue("somebody@not-ours.example");
    }

    @Test
    void route_is_saved_and_removed() {
        login();
        String domain = fresh("r") + ".test";
        go("/routes");
        field("Domain").fill(domain);
        field("Target").fill("smtp://127.0.0.1:3025");
        button("Save route").click();
        assertThat(page.getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName("smtp://127.0.0.1:3025"))
                        .first())
                .isVisible();
        button("Remove the route for " + domain).click();
        button("Yes, do it").click();
        assertThat(notice()).containsText("The route for " + domain + " was removed.");
    }

    @Test
    void rule_is_saved_tried_changed_and_removed() {
        login();
        String name = fresh("rule-");
        go("/policies");
        field("Name").fill(name);
        field("Conditions, one a line").fill("sender is *@nowhere.example\nsize above 5");
        field("Then").selectOption("quarantine");
        button("Save rule").click();
        assertThat(notice()).containsText("The rule " + name + " was saved.");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dry run of the rule " + name))
                .click();
        assertThat(page.getByText("It would have caught 0 of")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
        assertThat(field("Conditions, one a line")).hasValue("sender is *@nowhere.example\nsize above 5");
        field("Conditions, one a line").fill("sender resembles *");
        button("Save rule").click();
        assertThat(notice().locator(".problem")).isVisible();
        assertThat(field("Conditions, one a line")).hasValue("sender resembles *");
        go("/policies");
        button("Remove the rule " + name).click();
        button("Yes, do it").click();
        assertThat(notice()).containsText("The rule " + name + " was removed.");
    }

    @Test
    void message_is_released_from_quarantine_by_a_click() throws Exception {
        assumeTrue(ConsoleBrowser.ownServer(), "SKIPPED: mail is sent to a server of the test's own");
        var server = Mailroom.server();
        var recipient = server.account("clicked");
        var subject = fresh("kept ");
        server.run("policy", "add", "click", "--when", "recipient is " + recipient, "--then", "quarantine");
        Smtp.deliver(server.port("smtp"), recipient, "Subject: " + subject + "\r\n\r\nx\r\n");
        server.run("policy", "remove", "click");
        login();
        go("/quarantine");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(subject))
                .click();
        button("Release").click();
        button("Yes, do it").click();
        assertThat(notice()).containsText("The message was released to its recipients.");
        org.assertj.core.api.Assertions.assertThat(new MailClient(recipient).count())
                .isEqualTo(1);
    }

    @Test
    void queue_is_handled_from_the_pages_of_a_message_and_of_its_destination() throws IOException {
        assumeTrue(System.getProperty("mailroom.console") == null, "SKIPPED: needs the tests' own server");
        var server = Mailroom.server();
        var domain = fresh("d") + ".test";
        server.api("POST", "/destinations/" + domain + "/pause", "");
        Submission.many(server.port("submission"), server.account(fresh("sender")), domain, "stays", 1);
        login();
        go("/queue?q=" + domain);
        page.locator("table tbody tr a").first().click();
        assertThat(heading()).containsText("Queued message");
        button("Hold").click();
        assertThat(notice()).containsText("The message is held.");
        assertThat(page.locator("main")).containsText("held");
        button("Release").click();
        assertThat(notice()).containsText("The message is released.");
        button("Delete").click();
        button("Yes, do it").click();
        assertThat(notice()).containsText("The message was deleted from the queue.");
        go("/destinations");
        button("Resume " + domain).click();
        assertThat(notice()).containsText(domain + " is resumed.");
    }

    @Test
    void entry_of_a_list_is_saved_and_removed() {
        login();
        String domain = fresh("l") + ".example";
        go("/lists");
        field("Pattern").fill(domain);
        button("Save entry").click();
        assertThat(notice()).containsText("The entry " + domain + " was saved.");
        button("Remove the entry " + domain).click();
        button("Yes, do it").click();
        assertThat(button("Remove the entry " + domain)).hasCount(0);
    }

    @Test
    void figures_of_the_dashboard_lead_to_their_lists() {
        login();
        for (String list : List.of("accounts", "domains", "queue", "sessions", "trace")) {
            go("/");
            page.locator(".tiles a[href$='/" + list + "']").first().click();
            page.waitForURL("**/" + list);
        }
    }

    @Test
    void domain_page_tells_what_to_publish() {
        login();
        go("/domains");
        page.locator("tbody th a").first().click();
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("Mail exchanger (MX)")))
                .containsText("IN MX 10 ");
    }

    @Test
    void settings_name_their_source_and_audit_names_who() {
        login();
        go("/settings?q=set");
        assertThat(page.getByText("mail.api.token-sha256").first()).isVisible();
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("mail.api.token-sha256")))
                .containsText("•••");
        go("/audit?q=" + BROWSER.administrator);
        assertThat(page.locator("tbody code").first()).isVisible();
        go("/certificates");
        assertThat(page.getByText("imaps")).isVisible();
    }

    @Test
    void numbers_of_the_dashboard_are_fetched_again_until_paused() {
        login();
        var fetched = new ArrayList<String>();
        page.onRequest(request -> {
            if (request.resourceType().equals("fetch")) {
                fetched.add(request.url());
            }
        });
        page.waitForRequest(
                request -> request.resourceType().equals("fetch"),
                () -> page.mouse().move(5, 5));
        assertThat(fetched).isNotEmpty();
        button("Pause updates").click();
        assertThat(button("Resume updates")).isVisible();
    }

    @Test
    void what_was_found_in_the_trace_is_a_file() throws Exception {
        login();
        go("/trace");
        var file = page.waitForDownload(() -> button("Download as CSV").click());
        assertThat(Files.readString(file.path())).startsWith("\"time\",\"queue id\"");
    }

    @Test
    void search_of_the_trace_keeps_its_words_in_the_address() {
        login();
        go("/trace");
        field("From").fill("nobody@nowhere.example");
        button("Search").click();
        page.waitForURL(Pattern.compile(".*sender=nobody%40nowhere\\.example.*"));
        assertThat(page.getByText("Nothing was found")).isVisible();
        go("/trace/NOSUCHID");
        assertThat(heading()).hasText("There is no such page");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void every_page_is_accessible(ColorScheme scheme) {
        begin(new Browser.NewContextOptions().setColorScheme(scheme).setBypassCSP(true));
        go("/login");
        check("/login", scheme);
        login();
        for (String path : pages()) {
            go(path);
            check(path, scheme);
        }
        go("/domains");
        field("Domain").focus();
        button("Theme: automatic").click();
        check("/domains", ColorScheme.LIGHT);
        button("Theme: light").click();
        check("/domains", ColorScheme.DARK);
    }

    @Test
    void what_means_nothing_in_the_address_of_a_search_is_named() {
        login();
        go("/trace?from=abc&recipent=ann&text=x");
        assertThat(page.locator("main [role=alert]").textContent())
                .contains("from=abc", "recipent=ann")
                .doesNotContain("text=x");
    }

    @Test
    void no_page_scrolls_sideways_on_a_phone() {
        page = BROWSER.phone();
        login();
        for (String path : pages()) {
            go(path);
            BROWSER.fitsThePhone(path);
        }
    }

    /** The lists, and one thing out of each that has any. */
    private List<String> pages() {
        var pages = new ArrayList<>(PAGES);
        pages.add("/dns/" + BROWSER.administrator.substring(BROWSER.administrator.indexOf('@') + 1));
        for (String list : List.of("/accounts", "/queue", "/trace")) {
            go(list);
            var first = page.locator("tbody a[href*='" + list + "/']").first();
            if (first.count() > 0) {
                pages.add(first.getAttribute("href")
                        .substring(URI.create(BROWSER.console).getPath().length()));
            }
        }
        return pages;
    }

    private void check(String path, ColorScheme scheme) {
        BROWSER.isAccessible(path, scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/accounts", "/accounts/admin@here.test", "/nothing"})
    void strangers_see_the_login_and_nothing_else(String path) throws Exception {
        var answer = ask(path);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/login");
    }

    @Test
    void answers_forbid_framing_sniffing_and_caching() throws Exception {
        var headers = ask("/login").headers();
        assertThat(headers.allValues("Content-Security-Policy").toString())
                .contains("frame-ancestors 'none'", "default-src 'none'", "script-src 'self' 'nonce-")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    }

    private static HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(BROWSER.console + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
