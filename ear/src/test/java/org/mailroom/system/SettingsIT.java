package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailroom.login.OpenIdProvider;

/** What the console tells of the settings: when a change holds, what waits for a restart, and what changed. */
class SettingsIT {
    private static final Mailroom SERVER = Mailroom.server();

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    @Test
    void every_key_says_when_a_change_of_it_holds() {
        BROWSER.go("/settings?q=mail.smtp.port");
        assertThat(BROWSER.row("mail.smtp.port")).containsText("after a restart");
        BROWSER.go("/settings?q=mail.server.heap");
        assertThat(BROWSER.row("mail.server.heap")).containsText("after ./mailroom run");
    }

    @Test
    void what_is_written_into_the_file_waits_for_a_restart_and_stands_in_the_history_then() throws Exception {
        var key = "mail.quarantine.keep";
        var file = SERVER.home().resolve("mailroom.properties");
        Files.writeString(file, key + "=P31D\n", StandardOpenOption.APPEND);
        BROWSER.go("/settings");
        assertThat(page.locator("main")).containsText("One setting was changed in the file since the start");
        BROWSER.link("Only those").click();
        assertThat(BROWSER.row(key)).containsText("waits for a restart: P31D");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(SERVER.run("setting", "list", "--set")).containsPattern(key + " .*P30D.*P31D");

        SERVER.run("run", "--detach");
        page = BROWSER.visit();
        BROWSER.go("/settings?q=" + key);
        assertThat(BROWSER.row(key)).containsText("P31D");
        assertThat(page.locator("main")).not().containsText("waits for a restart");
        BROWSER.link("History of " + key).click();
        assertThat(BROWSER.heading()).hasText("History");
        assertThat(BROWSER.row(key).first())
                .containsText("of " + Files.getOwner(file).getName() + ", written");
        assertThat(SERVER.run("setting", "history", key)).containsPattern(key + " .*P31D +file");
    }

    @Test
    void what_somebody_set_before_the_first_start_is_its_beginning_and_secrets_are_dots() {
        BROWSER.go("/settings/history?q=client-secret");
        assertThat(BROWSER.row("mail.console.openid.client-secret")).containsText("•••");
        assertThat(page.locator("main")).not().containsText(OpenIdProvider.SECRET);
        BROWSER.go("/settings/history?q=mail.dns.servers");
        assertThat(BROWSER.row("mail.dns.servers").first())
                .containsText(SERVER.names().address());
    }
}
