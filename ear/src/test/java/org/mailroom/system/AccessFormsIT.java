package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets in where: passwords of programs, roles, and those who guess at the console's form. */
class AccessFormsIT {
    private static final Mailroom SERVER = Mailroom.server();

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private final String stem = "acc" + Long.toString(System.nanoTime(), 36);
    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    private static String imap(String who, String password) throws IOException {
        try (var imap = new Telnet(SERVER.port("imap"))) {
            imap.line();
            return imap.imap("a", "LOGIN " + who + " \"" + password + "\"");
        }
    }

    private static String pop3(String who, String password) throws IOException {
        try (var pop3 = new Telnet(SERVER.port("pop3"))) {
            pop3.line();
            pop3.raw("USER " + who + "\r\n");
            pop3.line();
            pop3.raw("PASS " + password + "\r\n");
            return pop3.line();
        }
    }

    @Test
    void program_gets_a_password_that_opens_what_was_ticked_until_it_is_revoked() throws Exception {
        var who = SERVER.account(stem);
        BROWSER.go("/accounts/" + who);
        page.locator("[id='application:name']").fill("Phone");
        page.locator("[id='application:days']").fill("3");
        BROWSER.field("POP3").uncheck();
        BROWSER.field("Sending (SMTP)").uncheck();
        BROWSER.button("Make password").click();
        assertThat(BROWSER.notice()).containsText("The password of Phone:");
        var secret = page.locator("code.secret").textContent().strip();
        assertThat(BROWSER.row("Phone")).containsText("imap");
        assertThat(BROWSER.row("Phone")).not().containsText("pop3");
        assertThat(BROWSER.row("Phone").locator("time")).hasCount(2);
        assertThat(imap(who, secret)).contains("a OK");
        assertThat(pop3(who, secret)).startsWith("-ERR");
        page.reload();
        assertThat(page.locator("code.secret")).hasCount(0);
        BROWSER.pressSurely("Revoke the password of Phone");
        assertThat(BROWSER.notice()).containsText("It opens nothing any more.");
        assertThat(imap(who, secret)).contains("a NO");
        page.locator("[id='application:name']").fill("Phone");
        page.locator("[id='application:days']").fill("many");
        BROWSER.button("Make password").click();
        assertThat(BROWSER.notice().locator(".problem")).isVisible();
    }

    @Test
    void one_makes_a_password_for_a_program_of_ones_own() throws Exception {
        var who = SERVER.account(stem);
        page = BROWSER.begin(new Browser.NewContextOptions());
        BROWSER.login(who, Mailroom.password(who));
        BROWSER.go("/self");
        page.locator("[id='application:name']").fill("Tablet");
        BROWSER.button("Make password").click();
        var secret = page.locator("code.secret").textContent().strip();
        assertThat(imap(who, secret)).contains("a OK");
        assertThat(pop3(who, secret)).startsWith("+OK");
    }

    private Locator inMenu(String name) {
        return page.getByRole(AriaRole.NAVIGATION)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void role_is_given_opens_pages_and_is_taken_away() {
        var who = SERVER.account(stem);
        BROWSER.go("/administrators");
        page.locator("form#grant [id='grant:address']").fill(who);
        page.locator("form#grant [id='grant:role']").selectOption("auditor");
        BROWSER.button("Give role").click();
        assertThat(BROWSER.notice()).containsText(who + " has the role now.");
        assertThat(BROWSER.row(who)).containsText("Auditor");
        page = BROWSER.begin(new Browser.NewContextOptions());
        BROWSER.login(who, Mailroom.password(who));
        inMenu("Settings").click();
        assertThat(BROWSER.heading()).hasText("Settings");
        BROWSER.go("/administrators");
        assertThat(BROWSER.row(who)).isVisible();
        assertThat(BROWSER.button("Give role")).hasCount(0);
        page = BROWSER.visit();
        BROWSER.go("/administrators");
        BROWSER.pressSurely("Take the role from " + who);
        assertThat(BROWSER.notice()).containsText(who + " has the role no longer.");
        assertThat(BROWSER.row(who)).hasCount(0);
        page = BROWSER.begin(new Browser.NewContextOptions());
        BROWSER.login(who, Mailroom.password(who));
        assertThat(inMenu("My account")).isVisible();
        assertThat(inMenu("Settings")).hasCount(0);
    }

    @Test
    void role_for_a_domain_shows_that_domain_alone() {
        var who = SERVER.account(stem);
        var domain = stem + ".test";
        SERVER.run("domain", "add", domain);
        BROWSER.go("/administrators");
        page.locator("form#grant [id='grant:address']").fill(who);
        BROWSER.button("Give role").click();
        assertThat(BROWSER.notice().locator(".problem")).containsText("Name the domain");
        page.locator("form#grant [id='grant:address']").fill(who);
        page.locator("form#grant [id='grant:domain']").fill(domain);
        BROWSER.button("Give role").click();
        assertThat(BROWSER.row(who)).containsText(domain);
        page = BROWSER.begin(new Browser.NewContextOptions());
        BROWSER.login(who, Mailroom.password(who));
        BROWSER.go("/domains");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(BROWSER.row(domain)).isVisible();
    }

    /** On this machine itself nobody is slowed; so the browser comes by another way. */
    @Test
    void whoever_guesses_at_the_form_is_told_to_wait_is_listed_and_forgiven() throws Exception {
        var who = SERVER.account(stem);
        try (var detour = new Detour("127.200.0.1", SERVER.port("console"))) {
            page = BROWSER.begin(new Browser.NewContextOptions());
            page.navigate("http://127.0.0.1:" + detour.port() + "/mailroom/login");
            int tries = 0;
            do {
                attempt(who, "wrong-" + tries++);
                assertThat(page.getByRole(AriaRole.ALERT).locator("li")).isVisible();
            } while (!page.locator("[role=alert]").first().textContent().contains("Too many failed logins")
                    && tries < 30);
            assertThat(tries).isBetween(6, 29);
            assertThat(page.locator("[role=alert]").first()).containsText(Pattern.compile("try again in \\d+ seconds"));
            page = BROWSER.visit();
            BROWSER.go("/slowed-logins");
            assertThat(BROWSER.row(who)).isVisible();
            BROWSER.button("Let " + who + " try again").click();
            assertThat(BROWSER.notice()).containsText(who + " need not wait any more.");
            assertThat(BROWSER.row(who)).hasCount(0);
            page = BROWSER.begin(new Browser.NewContextOptions());
            page.navigate("http://127.0.0.1:" + detour.port() + "/mailroom/login");
            attempt(who, Mailroom.password(who));
            assertThat(inMenu("My account")).isVisible();
        }
    }

    private void attempt(String who, String password) {
        page.getByLabel("Address").fill(who);
        page.getByLabel("Password").fill(password);
        page.evaluate("document.body.dataset.before = 'yes'");
        BROWSER.button("Log in").click();
        page.waitForSelector("body:not([data-before])");
    }
}
