package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What strangers try with the console: by their mail, and by pages of their own that an administrator looks at. */
class ConsoleSafetyIT {
    private static final Mailroom SERVER = Mailroom.server();

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    @Test
    void what_mail_says_of_itself_is_text_and_never_part_of_the_page() throws Exception {
        var surprises = new ArrayList<String>();
        page.onDialog(dialog -> {
            surprises.add(dialog.message());
            dialog.dismiss();
        });
        var recipient = SERVER.account("markup");
        var subject = "<img src=x onerror=alert(1)><script>alert(2)</script> \"'&amp;";
        Smtp.deliver(SERVER.port("smtp"), recipient, "Subject: " + subject + "\r\n\r\nx\r\n");
        BROWSER.go("/trace?recipient=" + recipient);
        assertThat(page.locator("bdi.subject").first()).hasText(subject);
        page.locator("tbody a[href*='/trace/']").first().click();
        assertThat(page.locator(".timeline")).isVisible();
        BROWSER.go("/find?q=%3Cscript%3Ealert(3)%3C/script%3E");
        assertThat(BROWSER.field("Find anywhere")).isVisible();
        assertThat(page.locator("main script")).hasCount(0);
        assertThat(page.locator("main img")).hasCount(0);
        assertThat(surprises).isEmpty();
    }

    @Test
    void form_that_the_console_did_not_write_changes_nothing() throws Exception {
        var cookies = new StringBuilder();
        BROWSER.context()
                .cookies()
                .forEach(cookie -> cookies.append(cookie.name)
                        .append('=')
                        .append(cookie.value)
                        .append("; "));
        var forged = "add=add&add%3Aname=forged.test&add%3Ago=Add&jakarta.faces.ViewState=e1s1";
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(BROWSER.console + "/domains"))
                            .header("Cookie", cookies.toString())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", "https://elsewhere.test")
                            .POST(HttpRequest.BodyPublishers.ofString(forged))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).doesNotContain("forged.test was added");
        }
        BROWSER.go("/domains");
        assertThat(page.locator("main")).not().containsText("forged.test");
    }
}
