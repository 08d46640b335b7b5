package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The forms for tokens, tables of accounts, and what waits for a moderator, filled in and sent in a real browser. */
class FormsIT {
    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    @TempDir
    Path directory;

    private Page page;

    @BeforeAll
    static void needs_a_server_of_its_own() {
        assumeTrue(ConsoleBrowser.ownServer(), "SKIPPED: needs the tests' own server");
    }

    @BeforeEach
    void login() {
        page = BROWSER.visit();
    }

    private Locator notice() {
        return page.locator("#notices");
    }

    /** The table beside the form has headings of the same names. */
    private Locator input(String label) {
        return page.locator("form#new").getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    private void press(String button) {
        BROWSER.button(button).click();
    }

    private void pressSurely(String button) {
        press(button);
        press("Yes, do it");
    }

    /** A name that no other run has used. */
    private static String fresh(String stem) {
        return stem + Long.toString(System.nanoTime(), 36);
    }

    private static int status(String token, String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(Mailroom.server().console() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody());
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void token_is_made_shown_once_and_revoked() throws Exception {
        var name = fresh("backup-");
        BROWSER.go("/tokens");
        input("Name").fill(name);
        input("Role").selectOption("auditor");
        input("Days").fill("3");
        input("May only read").check();
        press("Make token");
        assertThat(notice()).containsText("The token " + name);
        var token = page.locator("code.secret").textContent().strip();
        assertThat(token).startsWith("mrt_");
        assertThat(status(token, "GET", "/domains")).isEqualTo(200);
        assertThat(status(token, "POST", "/domains")).isEqualTo(403);
        page.reload();
        assertThat(page.locator("code.secret")).hasCount(0);
        BROWSER.button("Revoke the token " + name).first().click();
        press("Yes, do it");
        assertThat(notice()).containsText("It opens nothing any more.");
        assertThat(status(token, "GET", "/domains")).isEqualTo(401);
        assertThat(BROWSER.button("Revoke the token " + name)).hasCount(0);
    }

    @Test
    void token_that_makes_no_sense_is_refused_and_said_why() {
        BROWSER.go("/tokens");
        input("Name").fill(fresh("never-"));
        input("Days").fill("many");
        press("Make token");
        assertThat(notice().locator(".problem")).isVisible();
        assertThat(page.locator("code.secret")).hasCount(0);
    }

    @Test
    void table_of_accounts_is_tried_mended_and_added() throws Exception {
        var name = fresh("carol");
        var file = Files.writeString(
                directory.resolve("people.csv"),
                "address,displayName\n" + name + "@here.test,Carol\n" + name + "@nowhere.test,Nobody\n");
        BROWSER.go("/accounts/import");
        BROWSER.field("File").setInputFiles(file);
        assertThat(BROWSER.field("Table")).hasValue(Files.readString(file));
        press("Try");
        assertThat(notice()).containsText("One line is wrong.");
        assertThat(page.locator("main")).containsText("There is no domain nowhere.test");
        press("Add accounts");
        assertThat(notice()).containsText("nothing was added");
        BROWSER.field("Table").fill("address,displayName\n" + name + "@here.test,Carol\n");
        press("Try");
        assertThat(notice()).containsText("One line is as they should be.");
        press("Add accounts");
        assertThat(notice()).containsText("One account was added.");
        assertThat(page.locator("code.secret")).hasCount(1);
        BROWSER.go("/accounts?q=" + name);
        assertThat(page.locator("main")).containsText("Carol");
    }

    @Test
    void german_readers_are_refused_in_german() {
        page = BROWSER.begin(new Browser.NewContextOptions().setLocale("de-DE"));
        BROWSER.login(BROWSER.administrator, BROWSER.password);
        assertThat(BROWSER.heading()).hasText("Übersicht");
        BROWSER.go("/accounts/import");
        page.locator("[id='import:csv']").fill("address,displayName\nx@nowhere.test,Nobody\n");
        press("Probieren");
        assertThat(page.locator("main")).containsText("Es gibt keine Domain nowhere.test; bitte erst anlegen");
        page.locator("[id='import:csv']").fill("address,nickname\n");
        press("Probieren");
        assertThat(notice()).containsText("Die erste Zeile nennt die Spalten");
        BROWSER.go("/addresses?q=" + BROWSER.administrator);
        assertThat(page.locator("#way")).hasText(Pattern.compile(".+: das Konto .+ bekommt sie"));
        BROWSER.go("/addresses?q=x@nowhere.test");
        assertThat(page.locator("#way"))
                .containsText("ist bei einem anderen Host; Mail unserer Nutzer geht an nowhere.test");
    }

    @Test
    void moderator_lets_one_message_through_and_sends_another_back() throws Exception {
        var server = Mailroom.server();
        var member = server.account(fresh("reader"));
        var group = fresh("club") + "@here.test";
        server.run("group", "add", group, member, "--senders", "members");
        server.run("group", "moderators", group, server.administrator());
        var good = fresh("please read ");
        var bad = fresh("buy this ");
        for (var subject : new String[] {good, bad}) {
            Smtp.deliver(server.port("smtp"), group, "Subject: " + subject + "\r\n\r\nx\r\n");
        }
        BROWSER.go("/moderation");
        press("Let “" + good + "” through");
        assertThat(notice()).containsText("It goes to the group.");
        pressSurely("Refuse “" + bad + "”");
        assertThat(notice()).containsText("It goes back to its author.");
        assertThat(page.locator("main")).not().containsText(good);
        assertThat(page.locator("main")).not().containsText(bad);
        assertThat(new MailClient(member).count()).isEqualTo(1);
    }
}
