package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may be used, who shares a mailbox, what is done to many messages at once, and the ports; filled in and sent in a browser. */
class MailFormsIT {
    private static final Mailroom SERVER = Mailroom.server();

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private final String stem = "mlf" + Long.toString(System.nanoTime(), 36);
    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    private void limit(String of, String size, String messages) {
        page.locator("[id='put:of']").fill(of);
        page.locator("[id='put:size']").fill(size);
        page.locator("[id='put:messages']").fill(messages);
        page.locator("[id='put:go']").click();
    }

    @Test
    void limits_of_an_account_and_a_domain_are_set_hold_and_are_cleared() throws Exception {
        var domain = stem + ".test";
        var who = SERVER.account(stem);
        SERVER.run("domain", "add", domain);
        BROWSER.go("/limits");
        limit(who, "2 KB", "");
        assertThat(BROWSER.notice()).containsText("The limits are changed.");
        assertThat(BROWSER.row(who)).containsText("2");
        limit(domain, "", "1000");
        assertThat(BROWSER.row(domain)).containsText("1,000");
        try (var telnet = new Telnet(SERVER.port("smtp"))) {
            telnet.reply();
            telnet.smtp("EHLO there.test");
            telnet.smtp("MAIL FROM:<stranger@there.test> SIZE=5000");
            assertThat(telnet.smtp("RCPT TO:<" + who + ">")).startsWith("552");
        }
        for (var of : new String[] {who, domain}) {
            BROWSER.pressSurely("Remove the limits of " + of);
            assertThat(BROWSER.notice()).containsText("The limits are changed.");
            assertThat(BROWSER.button("Remove the limits of " + of)).hasCount(0);
        }
        Smtp.deliver(SERVER.port("smtp"), who, "Subject: x\r\n\r\n" + "x".repeat(900) + "\r\n");
        limit(who, "much", "");
        assertThat(BROWSER.notice().locator(".problem")).isVisible();
    }

    @Test
    void shared_mailbox_is_made_and_its_members_see_it() throws Exception {
        var box = "box-" + stem + "@here.test";
        var ann = SERVER.account(stem + "ann");
        BROWSER.go("/shared-mailboxes");
        page.locator("[id='add:address']").fill(box);
        page.locator("[id='add:name']").fill("Information");
        BROWSER.button("Save shared mailbox").click();
        assertThat(BROWSER.notice()).containsText(box + " was saved.");
        page.locator("[id='grant:of']").selectOption(box);
        page.locator("[id='grant:member']").fill(ann);
        page.locator("[id='grant:rights']").selectOption("read");
        page.locator("[id='grant:sends']").selectOption("as");
        BROWSER.button("Give rights").click();
        assertThat(BROWSER.notice()).containsText("The rights of " + ann + " in " + box + " were saved.");
        assertThat(BROWSER.row(box)).containsText(ann + ": read, sends as it");
        Smtp.deliver(SERVER.port("smtp"), box, "Subject: to all\r\n\r\nx\r\n");
        try (var imap = new Telnet(SERVER.port("imap"))) {
            imap.line();
            imap.imap("a", "LOGIN " + ann + " \"" + Mailroom.password(ann) + "\"");
            assertThat(imap.imap("b", "LIST \"\" \"#shared/*\"")).contains(box);
            assertThat(imap.imap("c", "STATUS \"#shared/" + box + "\" (MESSAGES)"))
                    .contains("MESSAGES 1");
        }
        BROWSER.pressSurely("Take the rights of " + ann + " in " + box);
        assertThat(BROWSER.notice()).containsText(ann + " has no rights in " + box + " any more.");
        assertThat(BROWSER.row(box)).containsText("Nobody sees it.");
        BROWSER.pressSurely("Remove " + box);
        assertThat(BROWSER.notice().locator(".problem")).isVisible();
        assertThat(BROWSER.row(box)).isVisible();
    }

    private Locator boxes() {
        return page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(Pattern.compile("Choose .*")));
    }

    private void tick(int many) {
        for (int i = 0; i < many; i++) {
            boxes().nth(i).check();
        }
    }

    @Test
    void messages_that_are_ticked_are_held_released_tried_and_deleted_at_once() throws Exception {
        var domain = stem + ".test";
        SERVER.run("queue", "pause", domain);
        Submission.many(SERVER.port("submission"), SERVER.account(stem), domain, "ticked", 4);
        BROWSER.go("/queue?domain=" + domain);
        assertThat(boxes()).hasCount(4);
        BROWSER.button("Hold").click();
        assertThat(BROWSER.notice()).containsText("Nothing was ticked, so nothing was done.");
        tick(2);
        BROWSER.button("Hold").click();
        assertThat(BROWSER.notice()).containsText("2 messages are held.");
        BROWSER.go("/queue?state=held&domain=" + domain);
        assertThat(boxes()).hasCount(2);
        tick(2);
        BROWSER.button("Release").click();
        assertThat(BROWSER.notice()).containsText("2 messages are released.");
        BROWSER.go("/queue?domain=" + domain);
        assertThat(boxes()).hasCount(4);
        tick(3);
        BROWSER.button("Retry now").click();
        assertThat(BROWSER.notice()).containsText("3 messages will be tried at once.");
        tick(1);
        BROWSER.button("Delete").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Delete all of these from the queue?");
        BROWSER.button("Cancel").click();
        assertThat(boxes()).hasCount(4);
        BROWSER.pressSurely("Delete");
        assertThat(BROWSER.notice()).containsText("The message was deleted from the queue.");
        assertThat(boxes()).hasCount(3);
        page.getByLabel("Not only to those: to all 3 that match the search").check();
        BROWSER.pressSurely("Delete");
        assertThat(BROWSER.notice()).containsText("3 messages were deleted from the queue.");
        assertThat(boxes()).hasCount(0);
        SERVER.run("queue", "resume", domain);
    }

    @Test
    void every_port_is_listed_with_what_it_shows_and_leads_to_its_sessions() throws Exception {
        BROWSER.go("/listeners");
        var imaps = page.locator(
                "tbody tr",
                new Page.LocatorOptions()
                        .setHas(page.getByRole(
                                AriaRole.LINK, new Page.GetByRoleOptions().setName("Handshake with imaps"))));
        assertThat(imaps).containsText("127.0.0.1:" + SERVER.port("imaps"));
        assertThat(imaps).containsText("TLS from the start");
        assertThat(imaps).containsText("Valid until");
        assertThat(imaps).containsText("open");
        try (var imap = new Telnet(SERVER.port("imap"))) {
            imap.line();
            page.reload();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(Pattern.compile("^[1-9][0-9]* sessions at imap$")))
                    .click();
            assertThat(page.locator("main")).containsText("Only those at imap.");
            assertThat(page.locator("tbody tr").first()).containsText("imap");
        }
        BROWSER.go("/listeners");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions()
                                .setName("Handshake with smtp")
                                .setExact(true))
                .click();
        assertThat(page.locator("#smtp")).isVisible();
        assertThat(SERVER.run("listener", "list")).contains("submissions", "implicit", "open");
    }

    @Test
    void figures_of_an_hour_lead_to_its_messages() throws Exception {
        var who = SERVER.account(stem);
        Smtp.deliver(SERVER.port("smtp"), who, "Subject: of this hour " + stem + "\r\n\r\nx\r\n");
        BROWSER.go("/");
        page.getByText("The same as a table").click();
        page.locator("details tbody tr").last().locator("td a").first().click();
        assertThat(page.locator("main")).containsText("Only the hour from");
        assertThat(page.locator("tbody")).containsText("of this hour " + stem);
        BROWSER.link("Any time").click();
        assertThat(page.locator("main")).not().containsText("Only the hour from");
    }
}
