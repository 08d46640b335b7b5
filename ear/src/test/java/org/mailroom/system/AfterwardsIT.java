package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.JsonObject;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailroom.system.MailClient.Security;

/** A message from the connection on until somebody deletes it, as the trace tells it to those whom it concerns. */
class AfterwardsIT {
    @RegisterExtension
    static ConsoleBrowser browser = new ConsoleBrowser();

    private final Mailroom server = Mailroom.server();

    private String queueId(String recipient) {
        return server.get("/trace?recipient=" + recipient)
                .getJsonArray("rows")
                .getJsonObject(0)
                .getString("queueId");
    }

    private List<String> steps(String queueId) {
        return server.list("/trace/" + queueId).getValuesAs(JsonObject.class).stream()
                .map(step -> step.getString("step"))
                .toList();
    }

    /** What somebody is told of it. */
    private String own(String who, String queueId) throws Exception {
        var basic = Base64.getEncoder()
                .encodeToString((who + ":" + Mailroom.password(who)).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(server.console() + "/api/v1/self/trace/" + queueId))
                .header("Authorization", "Basic " + basic);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void a_message_that_was_moved_and_deleted_by_imap_tells_its_whole_story() throws Exception {
        var sender = server.account("later-ben");
        var who = server.account("later-ann");
        new MailClient(sender).submit(Security.TLS, who, "From: " + sender + "\r\nSubject: later\r\n\r\nhi\r\n");
        try (var store = new MailClient(who).imap(Security.NONE)) {
            var inbox = (IMAPFolder) store.getFolder("INBOX");
            var archive = store.getFolder("Archive");
            inbox.open(Folder.READ_WRITE);
            inbox.moveMessages(inbox.getMessages(), archive);
            inbox.close(false);
            archive.open(Folder.READ_WRITE);
            archive.setFlags(archive.getMessages(), new jakarta.mail.Flags(Flag.DELETED), true);
            archive.close(true);
        }
        var id = queueId(who);
        assertThat(steps(id)).startsWith("connected", "encrypted", "greeted", "logged-in", "received");
        assertThat(steps(id)).endsWith("delivered", "moved", "deleted");
        assertThat(server.trace(who))
                .anyMatch(step -> step.startsWith("encrypted   TLSv1.3 TLS_"))
                .anyMatch(step -> step.startsWith("logged-in") && step.contains(sender + " ("))
                .anyMatch(step -> step.equals("moved  " + who + " uid=1 mailbox=\"INBOX\" to=\"Archive\" with=imap"))
                .anyMatch(step -> step.equals("deleted  " + who + " uid=1 mailbox=\"Archive\" with=imap"));
        assertThat(own(who, id)).contains("\"moved\"", "\"deleted\"");
        assertThat(own(sender, id)).contains("\"delivered\"").doesNotContain("\"moved\"", "\"deleted\"");
        assertThat(server.run("trace", "show", id)).contains("moved", "to=\"Archive\"");
        page(id);
    }

    /** The same on the page. */
    private void page(String id) {
        var page = browser.visit();
        browser.go("/trace/" + id);
        assertThat(page.locator("ol.timeline .step strong").allInnerTexts())
                .startsWith("connected", "TLS", "greeted", "logged in", "received")
                .endsWith("delivered", "moved to another mailbox", "deleted from the mailbox");
        browser.isAccessible("/trace/" + id, ColorScheme.LIGHT);
    }

    /** Whoever wrote to nobody. @return the session */
    private String refused(String recipient) throws Exception {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250", telnet.smtp("EHLO client.there.test"));
            telnet.expect("250", telnet.smtp("MAIL FROM:<somebody@there.test>"));
            telnet.expect("550", telnet.smtp("RCPT TO:<" + recipient + ">"));
        }
        var address = "/trace?status=refused&recipient=" + recipient;
        eventually(
                "it is traced",
                Duration.ofSeconds(20),
                () -> server.get(address).getInt("total") == 1);
        return server.get(address).getJsonArray("rows").getJsonObject(0).getString("session");
    }

    @Test
    void a_refusal_tells_how_it_began_on_the_page_and_in_files() throws Exception {
        var recipient = "later-nobody@" + Mailroom.DOMAIN;
        var session = refused(recipient);
        assertThat(steps(session)).containsExactly("connected", "greeted", "refused");
        assertThat(server.run("trace", "show", session)).contains("client.there.test (ESMTP)", "550 5.1.1 ");
        assertThat(server.run("trace", "find", "--recipient", recipient, "--steps"))
                .startsWith("\"queue id\",\"session\",\"time\",\"step\"")
                .contains("\"" + session + "\"", "\"connected\"", "\"greeted\"", "\"refused\"");
        assertThat(server.run("trace", "find", "--recipient", recipient, "--csv"))
                .startsWith("\"time\",\"queue id\"")
                .contains(recipient);
        assertThat(server.run("trace", "show", session, "--csv").lines()).hasSize(4);
        var page = browser.visit();
        browser.go("/trace?recipient=" + recipient);
        var file = page.waitForDownload(
                () -> page.getByText("One row a step, as CSV").click());
        assertThat(Files.readString(file.path())).contains("\"greeted\"");
        page.getByText("not accepted").click();
        page.waitForURL("**/trace/" + session);
        assertThat(page.locator("ol.timeline .step strong").allInnerTexts())
                .containsExactly("connected", "greeted", "refused");
        var steps = page.waitForDownload(() -> page.getByText("Download as CSV").click());
        assertThat(Files.readString(steps.path())).contains(recipient);
        browser.isAccessible("/trace/" + session, ColorScheme.DARK);
    }

    @Test
    void what_pop3_deletes_is_told_at_quit_and_what_it_leaves_is_not() throws Exception {
        var who = server.account("later-pop");
        for (var subject : List.of("one", "two")) {
            Smtp.deliver(server.port("smtp"), who, "Subject: " + subject + "\r\n\r\nhi\r\n");
        }
        try (var store = new MailClient(who).pop3(Security.NONE)) {
            var inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            for (Message message : inbox.getMessages()) {
                message.setFlag(Flag.DELETED, message.getSubject().equals("one"));
            }
            inbox.close(true);
        }
        var rows = server.get("/trace?recipient=" + who).getJsonArray("rows").getValuesAs(JsonObject.class);
        for (var row : rows) {
            var steps = steps(row.getString("queueId"));
            assertThat(steps.contains("deleted"))
                    .as(steps.toString())
                    .isEqualTo(row.getString("subject").equals("one"));
        }
        assertThat(rows).hasSize(2).allMatch(row -> row.getString("status").equals("delivered"));
    }
}
