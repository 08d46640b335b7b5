package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A day of an administrator at the console, from a new domain in the morning on; one task after the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdministratorsDayIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final String DOMAIN = "day.test";
    private static final String ANN = "day-ann@" + DOMAIN;
    private static final String BOB = "day-bob@" + DOMAIN;

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    private void menu(String name) {
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
        assertThat(BROWSER.heading()).hasText(name);
    }

    private void done(String text) {
        assertThat(page.locator("#notices")).containsText(text);
    }

    private Locator row(String text) {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(text));
    }

    @Test
    @Order(1)
    void domain_is_set_up() {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("First steps"))
                .click();
        BROWSER.field("Domain").fill(DOMAIN);
        BROWSER.button("Add and go on").click();
        assertThat(BROWSER.heading()).hasText("DNS records");
        assertThat(row("Mail exchanger (MX)")).containsText(DOMAIN + ". IN MX 10 ");
        menu("Domains");
        assertThat(row(DOMAIN)).isVisible();
    }

    @Test
    @Order(2)
    void users_come_from_a_table() throws Exception {
        menu("Accounts");
        page.locator("main")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Import accounts"))
                .click();
        var table = "address,displayName,password\n" + ANN + ",Ann," + Mailroom.password(ANN) + "\n" + BOB + ",Bob,"
                + Mailroom.password(BOB) + "\n";
        BROWSER.field("File")
                .setInputFiles(new FilePayload("people.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8)));
        assertThat(BROWSER.field("Table")).hasValue(table);
        BROWSER.button("Try").click();
        done("2 lines are as they should be.");
        assertThat(row(ANN)).containsText("fits");
        BROWSER.button("Add accounts").click();
        done("2 accounts were added.");
        BROWSER.go("/accounts?q=" + ANN);
        assertThat(row(ANN)).isVisible();
        assertThat(new MailClient(ANN).count()).isZero();
    }

    @Test
    @Order(3)
    void it_is_found_why_a_message_was_refused() throws Exception {
        try (var stranger = new Telnet(SERVER.port("smtp"))) {
            stranger.expect("220 ", stranger.reply());
            stranger.expect("250 ", stranger.smtp("EHLO there.test"));
            stranger.expect("250 ", stranger.smtp("MAIL FROM:<partner@there.test>"));
            stranger.expect("550 ", stranger.smtp("RCPT TO:<day-anne@" + DOMAIN + ">"));
        }
        menu("Trace");
        BROWSER.field("To").fill("day-anne@" + DOMAIN);
        page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("State"))
                .selectOption("refused");
        eventually("the refusal is in the trace", Duration.ofSeconds(20), () -> {
            BROWSER.button("Search").click();
            page.waitForURL("**status=refused**");
            return row("partner@there.test").count() == 1;
        });
        assertThat(row("partner@there.test")).containsText("not accepted");
        assertThat(row("partner@there.test")).containsText("No such recipient here");
    }

    @Test
    @Order(4)
    void quarantined_message_is_released() throws Exception {
        menu("Rules on mail");
        BROWSER.field("Name").fill("day-invoices");
        BROWSER.field("Conditions, one a line").fill("recipient is " + ANN + "\nheader:subject matches invoice");
        BROWSER.field("Then").selectOption("quarantine");
        BROWSER.button("Save rule").click();
        done("The rule day-invoices was saved.");
        Smtp.deliver(SERVER.port("smtp"), ANN, "Subject: invoice of the day\r\n\r\npay\r\n");
        assertThat(new MailClient(ANN).count()).isZero();
        menu("Quarantine");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("invoice of the day"))
                .click();
        assertThat(page.locator("main")).containsText("day-invoices");
        BROWSER.button("Release").click();
        BROWSER.button("Yes, do it").click();
        done("The message was released to its recipients.");
        assertThat(new MailClient(ANN).count()).isEqualTo(1);
        menu("Rules on mail");
        BROWSER.button("Remove the rule day-invoices").click();
        BROWSER.button("Yes, do it").click();
        done("The rule day-invoices was removed.");
    }

    @Test
    @Order(5)
    void queue_that_is_stuck_is_set_going() throws Exception {
        try (var partner = new ForeignHost("127.0.0.1", 0)) {
            for (int i = 0; i < 50; i++) {
                partner.at("MAIL", ForeignHost.say("451 4.3.2 Disk full"));
            }
            menu("Routes");
            BROWSER.field("Domain").fill("partner-of-day.test");
            BROWSER.field("Target").fill("smtp://127.0.0.1:" + partner.port());
            BROWSER.button("Save route").click();
            assertThat(row("partner-of-day.test")).isVisible();
            // Else it would be tried again by itself, sooner than anybody can click.
            menu("Destinations");
            BROWSER.field("Domain of the rule").fill("partner-of-day.test");
            BROWSER.field("First retry after").fill("PT1H");
            BROWSER.field("Longest wait").fill("PT1H");
            BROWSER.button("Save rule").click();
            done("The rule for partner-of-day.test was saved.");
            Submission.many(SERVER.port("submission"), BOB, "partner-of-day.test", "stuck", 1);
            eventually("it is tried in vain", Duration.ofSeconds(30), () -> {
                BROWSER.go("/queue?q=partner-of-day.test");
                return row("Disk full").count() == 1;
            });
            row("Disk full").getByRole(AriaRole.LINK).first().click();
            assertThat(page.locator("main")).containsText("Disk full");
            partner.mended("MAIL");
            BROWSER.button("Retry now").click();
            done("The message will be tried at once.");
            eventually(
                    "it has arrived",
                    Duration.ofSeconds(30),
                    () -> !partner.messages().isEmpty());
        }
        eventually("the queue is empty", Duration.ofSeconds(30), () -> {
            BROWSER.go("/queue?q=partner-of-day.test");
            return page.getByText("No waiting message matches.").isVisible();
        });
        BROWSER.go("/trace?sender=" + BOB);
        assertThat(row("stuck-0")).containsText("handed over");
        BROWSER.go("/destinations");
        BROWSER.button("Remove the rule for partner-of-day.test").click();
        BROWSER.button("Yes, do it").click();
        done("The rule for partner-of-day.test was removed.");
    }

    @Test
    @Order(6)
    void key_is_rotated() throws Exception {
        menu("DKIM keys");
        var first = selector("new: waits");
        use(first);
        BROWSER.field("Domain").fill(DOMAIN);
        BROWSER.field("Kind").selectOption("rsa");
        BROWSER.button("Make new keys").click();
        done("New keys were made for " + DOMAIN);
        use(selector("new: waits"));
        assertThat(key(first)).containsText("retired");
        assertThat(key(first)).containsText("keep its record until");
    }

    /** Of the RSA key of the domain that is in this state. */
    private String selector(String state) {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(DOMAIN))
                .filter(new Locator.FilterOptions().setHasText("rsa"))
                .filter(new Locator.FilterOptions().setHasText(state))
                .locator("td")
                .first()
                .textContent()
                .strip();
    }

    private Locator key(String selector) {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(DOMAIN))
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.CELL,
                                new Page.GetByRoleOptions().setName(selector).setExact(true))));
    }

    /** Publishes its record as the page shows it, and has it sign. */
    private void use(String selector) throws Exception {
        key(selector).getByLabel("The DNS record of " + selector).click();
        var line = key(selector).locator("code.record").textContent().strip();
        SERVER.names().with(line.replace(". IN TXT ", ". TXT "));
        eventually("the record is seen in DNS", Duration.ofSeconds(90), () -> {
            BROWSER.go("/dkim");
            if (key(selector)
                            .getByText("signs", new Locator.GetByTextOptions().setExact(true))
                            .count()
                    == 0) {
                key(selector)
                        .getByRole(
                                AriaRole.BUTTON,
                                new Locator.GetByRoleOptions().setName("Use " + selector + " from now on"))
                        .click();
                page.locator("#notices p").first().waitFor();
            }
            return key(selector)
                            .getByText("signs", new Locator.GetByTextOptions().setExact(true))
                            .count()
                    == 1;
        });
    }

    @Test
    @Order(7)
    void session_is_watched() throws Exception {
        try (var client = new Telnet(SERVER.port("imap"))) {
            client.reply();
            client.expect("a OK", client.imap("a", "LOGIN " + ANN + " " + Mailroom.password(ANN)));
            BROWSER.go("/accounts?q=" + ANN);
            row(ANN).getByRole(AriaRole.LINK).first().click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("connected now"))
                    .click();
            assertThat(page.getByText("One client is connected.")).isVisible();
            page.locator("tr", new Page.LocatorOptions().setHasText(ANN))
                    .getByRole(
                            AriaRole.LINK,
                            new Locator.GetByRoleOptions().setName(Pattern.compile("Watch the session.*")))
                    .click();
            var log = page.getByRole(AriaRole.LOG);
            assertThat(log).containsText("a LOGIN");
            assertThat(client.imap("b", "SELECT INBOX")).contains("b OK");
            assertThat(log)
                    .containsText("b SELECT INBOX", new LocatorAssertions.ContainsTextOptions().setTimeout(10_000));
            assertThat(log).not().containsText(Mailroom.password(ANN));
        }
    }
}
