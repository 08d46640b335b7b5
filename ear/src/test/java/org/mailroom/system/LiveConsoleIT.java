package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an administrator sees happen in the console, and what he does by hand there: terminal, sessions, figures, search. */
class LiveConsoleIT {
    private static final Mailroom SERVER = Mailroom.server();

    /** What is pushed comes sooner than what is asked for now and then. */
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(4_000);

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    private Locator log() {
        return page.getByRole(AriaRole.LOG);
    }

    private void say(String line) {
        BROWSER.field("Line to send").fill(line);
        page.keyboard().press("Enter");
    }

    private void talkTo(String target) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("Talk to " + target + ",.*")))
                .first()
                .click();
        assertThat(log()).isVisible();
    }

    @Test
    void server_is_talked_to_by_hand_and_the_password_does_not_show() {
        BROWSER.go("/telnet");
        talkTo("imap");
        assertThat(log()).containsText("* OK");
        BROWSER.button("b STARTTLS").click();
        assertThat(log()).containsText("TLSv1.3 TLS_");
        assertThat(log()).containsText("TLSA 3 1 1 ");
        assertThat(log()).containsText("not trusted");
        say("a LOGIN nobody@nowhere.example my-secret");
        assertThat(log()).containsText("a LOGIN ••••");
        assertThat(log()).containsText("a NO");
        assertThat(log()).containsText("The login was wrong.");
        assertThat(log()).not().containsText("my-secret");
        assertThat(BROWSER.field("Line to send")).isFocused();
        BROWSER.button("d LOGOUT").click();
        assertThat(log()).containsText("The host has closed the connection.");
        endTalk();
        BROWSER.go("/audit?q=telnet.open");
        assertThat(page.locator("tbody").first()).containsText("telnet.open");
    }

    @Test
    void host_of_a_route_is_talked_to_and_its_replies_are_explained() throws Exception {
        try (var host = new ForeignHost("127.0.0.1", 0).at("RCPT", ForeignHost.say("550 5.1.1 Nobody of that name"))) {
            SERVER.route("by-hand.test", host.port());
            BROWSER.go("/telnet?domain=by-hand.test");
            assertThat(page.getByText("A route leads there.")).isVisible();
            talkTo("127.0.0.1");
            say("EHLO console.test");
            say("MAIL FROM:<me@console.test>");
            say("RCPT TO:<you@by-hand.test>");
            assertThat(log()).containsText("There is no such mailbox.");
            assertThat(host.heard()).contains("EHLO console.test", "RCPT TO:<you@by-hand.test>");
            endTalk();
        }
    }

    @Test
    void nobody_but_mail_hosts_is_within_reach() {
        SERVER.names().with("inside.test MX 10 mx.inside.test.").with("mx.inside.test A 127.0.0.9");
        BROWSER.go("/telnet?domain=inside.test");
        assertThat(page.locator("tbody")).containsText("10 mx.inside.test");
        assertThat(page.getByText("There is no host here that may be talked to"))
                .isVisible();
        for (var target :
                new String[] {"there inside.test 127.0.0.9 25", "there inside.test 10.0.0.1 25", "127.0.0.1:22"}) {
            assertThat(SERVER.api("POST", "/telnet", "{\"target\":\"" + target + "\"}")
                            .statusCode())
                    .as(target)
                    .isEqualTo(404);
        }
    }

    @Test
    void session_is_watched_as_it_happens_and_sent_away() throws Exception {
        var address = SERVER.account("watched");
        try (var client = new Telnet(SERVER.port("imap"))) {
            client.reply();
            client.raw("a LOGIN " + address + " " + Mailroom.password(address) + "\r\n");
            client.expect("a OK", client.reply());
            BROWSER.go("/sessions");
            page.locator("tr", new Page.LocatorOptions().setHasText(address))
                    .getByRole(
                            AriaRole.LINK,
                            new Locator.GetByRoleOptions().setName(Pattern.compile("Watch the session.*")))
                    .click();
            assertThat(log()).containsText("a LOGIN ••••");
            assertThat(log()).not().containsText(Mailroom.password(address));
            client.raw("b EXAMINE INBOX\r\n");
            assertThat(log()).containsText("b EXAMINE INBOX", SOON);
            assertThat(log()).containsText("b OK", SOON);
            BROWSER.button("Pause updates").click();
            BROWSER.button("End").click();
            BROWSER.button("Yes, do it").click();
            assertThat(page.locator("#notices")).containsText("The session was ended.");
        }
        BROWSER.go("/audit?q=session.watch");
        assertThat(page.locator("tbody").first()).containsText("session.watch");
    }

    @Test
    void transcript_is_found_from_the_trace_and_holds_no_message() throws Exception {
        var recipient = SERVER.account("transcribed");
        Smtp.deliver(SERVER.port("smtp"), recipient, "Subject: transcribed\r\n\r\nnobody else's business\r\n");
        BROWSER.go("/trace?recipient=" + recipient);
        page.locator("tbody a[href*='/trace/']").first().click();
        page.getByText("transcript", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        assertThat(log()).containsText("RCPT TO:<" + recipient + ">");
        assertThat(log()).containsText("354 ");
        assertThat(log()).not().containsText("business");
    }

    @Test
    void line_of_the_log_comes_by_itself_and_leads_to_message_session_and_address() throws Exception {
        var recipient = SERVER.account("logged");
        BROWSER.go("/log?q=" + recipient);
        var row = page.locator("tbody tr", new Page.LocatorOptions().setHasText("status=delivered"));
        assertThat(row).hasCount(0);
        Smtp.deliver(SERVER.port("smtp"), recipient, "Subject: logged\r\n\r\nx\r\n");
        assertThat(row.first()).containsText("to=<" + recipient + ">", SOON);
        BROWSER.button("Pause updates").click();
        BROWSER.isAccessible("/log", ColorScheme.LIGHT);
        var links = row.first().getByRole(AriaRole.LINK);
        assertThat(links).hasCount(4);
        var session = links.nth(3).textContent();
        var queueId = links.first().textContent();
        links.nth(2).click();
        page.waitForURL("**/find?q=**");
        page.goBack();
        row.first().getByRole(AriaRole.LINK).nth(3).click();
        page.waitForURL("**/sessions/" + session);
        page.goBack();
        row.first().getByRole(AriaRole.LINK).first().click();
        page.waitForURL("**/trace/" + queueId);
        BROWSER.go("/log?level=error&q=" + queueId);
        assertThat(page.locator("main")).containsText("There is no such line.");
        assertThat(SERVER.run("log", queueId)).contains(" info receive.MailReceiverEndpoint q=" + queueId + " from=<");
        assertThat(SERVER.api("GET", "/log?level=loud", "").statusCode()).isEqualTo(400);
        var lines = SERVER.get("/log?limit=1");
        assertThat(lines.getInt("total")).isGreaterThan(1);
        var older = lines.getJsonArray("rows").getJsonObject(0).getInt("number");
        assertThat(SERVER.get("/log?limit=1&before=" + older)
                        .getJsonArray("rows")
                        .getJsonObject(0)
                        .getInt("number"))
                .isEqualTo(older - 1);
    }

    @Test
    void figures_of_the_dashboard_change_before_the_eyes() throws Exception {
        var sessions = page.locator(".tiles a[href$='/sessions'] .figure").first();
        int before = Integer.parseInt(sessions.textContent().strip());
        try (var one = new Telnet(SERVER.port("imap"));
                var two = new Telnet(SERVER.port("imap"))) {
            one.reply();
            two.reply();
            page.mouse().move(5, 5);
            page.waitForCondition(() -> Integer.parseInt(sessions.textContent().strip()) >= before + 2);
        }
        BROWSER.button("Pause updates").click();
        assertThat(BROWSER.button("Resume updates")).isVisible();
    }

    @Test
    void node_that_is_drained_takes_no_new_client_and_keeps_those_who_are_here() throws Exception {
        Eventually.eventually(
                "the node lives",
                Duration.ofSeconds(30),
                () -> !SERVER.list("/nodes").isEmpty());
        try (var guest = new Telnet(SERVER.port("smtp"))) {
            guest.expect("220 ", guest.reply());
            BROWSER.go("/nodes");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Drain .*")))
                    .click();
            BROWSER.button("Yes, do it").click();
            assertThat(page.locator("#notices")).containsText("is drained within seconds");
            Eventually.eventually(
                    "newcomers are turned away",
                    Duration.ofSeconds(30),
                    () -> greeting().startsWith("421 "));
            assertThat(SERVER.api("GET", "/ready", "").statusCode()).isEqualTo(503);
            guest.expect("250 ", guest.smtp("NOOP"));
        } finally {
            BROWSER.go("/nodes");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Let .* serve again")))
                    .click();
            Eventually.eventually(
                    "newcomers are let in",
                    Duration.ofSeconds(30),
                    () -> greeting().startsWith("220 "));
        }
        assertThat(page.locator("tbody")).containsText("this one");
    }

    /** It has a colon and slashes in it where nobody chose another. */
    @Test
    void a_node_is_drained_by_rest_whatever_its_name() throws Exception {
        Eventually.eventually(
                "the node lives",
                Duration.ofSeconds(30),
                () -> !SERVER.list("/nodes").isEmpty());
        var name = SERVER.list("/nodes").getJsonObject(0).getString("name");
        assertThat(name).contains(":/");
        var path = "/nodes?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        assertThat(SERVER.api("PUT", path, "{\"draining\":false}").statusCode()).isEqualTo(204);
        assertThat(SERVER.api("PUT", "/nodes?name=none", "{\"draining\":false}").statusCode())
                .isEqualTo(404);
    }

    private static String greeting() throws IOException {
        try (var newcomer = new Telnet(SERVER.port("smtp"))) {
            return newcomer.reply();
        }
    }

    @Test
    void everything_is_found_from_everywhere() {
        var address = SERVER.account("findable");
        BROWSER.go("/queue");
        var search = BROWSER.field("Find anywhere");
        search.fill("findable");
        search.press("Enter");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(address))
                .first()
                .click();
        assertThat(BROWSER.heading()).hasText(address);
        BROWSER.go("/find?q=console.transcripts");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("mail.console.transcripts")))
                .isVisible();
        BROWSER.go("/find?q=quarant");
        page.locator("main")
                .getByText("Quarantine", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(BROWSER.heading()).hasText("Quarantine");
        BROWSER.go("/find?q=nothing-of-that-name");
        assertThat(page.getByText("Nothing was found.")).isVisible();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void a_conversation_is_accessible(ColorScheme scheme) throws Exception {
        page = BROWSER.begin(
                new Browser.NewContextOptions().setColorScheme(scheme).setBypassCSP(true));
        BROWSER.login();
        BROWSER.go("/telnet");
        BROWSER.isAccessible("/telnet", scheme);
        talkTo("submissions");
        assertThat(log()).containsText("220 ");
        say("EHLO me.test");
        assertThat(log()).containsText("250 ");
        BROWSER.isAccessible("/telnet/talk", scheme);
        endTalk();
        SERVER.names().with("inside.test MX 10 mx.inside.test.").with("mx.inside.test A 127.0.0.9");
        BROWSER.go("/telnet?domain=inside.test");
        BROWSER.isAccessible("/telnet/steps", scheme);
        try (var client = new Telnet(SERVER.port("imap"))) {
            client.reply();
            BROWSER.go("/sessions");
            BROWSER.isAccessible("/sessions/list", scheme);
            page.getByText("Watch", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            BROWSER.isAccessible("/sessions/one", scheme);
        }
    }

    @Test
    void a_conversation_fits_a_phone() {
        page = BROWSER.phone();
        BROWSER.login();
        BROWSER.go("/telnet");
        talkTo("imaps");
        assertThat(log()).containsText("* OK");
        BROWSER.fitsThePhone("/telnet/talk");
        endTalk();
    }

    private void endTalk() {
        BROWSER.button("End").click();
        assertThat(BROWSER.heading()).hasText("Terminal");
    }
}
