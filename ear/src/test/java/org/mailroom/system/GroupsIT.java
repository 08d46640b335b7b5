package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Distribution lists in the console: made, filled, told who may send, and removed. */
class GroupsIT {
    private static final Mailroom SERVER = Mailroom.server();

    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private final String stem = "grp" + Long.toString(System.nanoTime(), 36);
    private final String team = stem + "@here.test";
    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    private void make(String members) {
        BROWSER.go("/groups");
        page.locator("form#add input[id='add:address']").fill(team);
        BROWSER.field("Name").fill("The team");
        BROWSER.field("Members").fill(members);
        BROWSER.button("Add group").click();
        assertThat(BROWSER.notice()).containsText("The group " + team + " was added.");
        assertThat(BROWSER.heading()).hasText(team);
    }

    @Test
    void group_is_made_and_its_members_get_its_mail() throws Exception {
        var ann = SERVER.account(stem + "ann");
        var bob = SERVER.account(stem + "bob");
        make(ann + "\nx@there.test");
        assertThat(BROWSER.row(ann)).containsText("account");
        assertThat(BROWSER.row("x@there.test")).containsText("elsewhere");
        BROWSER.field("New members").fill(bob + ", nobody-" + stem + "@here.test");
        BROWSER.button("Add members").click();
        assertThat(BROWSER.notice()).containsText("The members were added.");
        assertThat(BROWSER.row("nobody-" + stem)).containsText("nobody of that name");
        for (var gone : new String[] {"x@there.test", "nobody-" + stem + "@here.test"}) {
            BROWSER.pressSurely("Remove " + gone + " from the group");
            assertThat(BROWSER.notice()).containsText("The member was removed.");
        }
        Smtp.deliver(SERVER.port("smtp"), team, "Subject: to the team\r\n\r\nx\r\n");
        assertThat(new MailClient(ann).count()).isEqualTo(1);
        assertThat(new MailClient(bob).count()).isEqualTo(1);
        assertThat(SERVER.run("group", "show", team)).contains(ann, bob, "account");
        BROWSER.go("/audit?q=" + team);
        assertThat(page.locator("tbody")).containsText("group.put");
    }

    @Test
    void groups_stand_in_groups_and_one_leads_to_the_other() {
        var ann = SERVER.account(stem + "ann");
        make(ann);
        var all = "all-" + team;
        SERVER.run("group", "add", all, team);
        BROWSER.go("/groups?q=" + all);
        BROWSER.link(all).click();
        assertThat(BROWSER.row(team)).containsText("group");
        BROWSER.link(team).click();
        assertThat(BROWSER.heading()).hasText(team);
        BROWSER.go("/groups/" + all);
        BROWSER.link("Where its mail goes").click();
        assertThat(page.locator("#way")).containsText(ann);
        BROWSER.go("/find?q=" + all);
        BROWSER.link(all).first().click();
        assertThat(BROWSER.heading()).hasText(all);
    }

    @Test
    void who_may_send_is_chosen_and_holds() throws Exception {
        var ann = SERVER.account(stem + "ann");
        make(ann);
        BROWSER.field("Who may send").selectOption("members");
        BROWSER.button("Save").click();
        assertThat(BROWSER.notice()).containsText("The group is saved.");
        assertThat(BROWSER.field("Who may send")).hasValue("members");
        assertThat(BROWSER.row(ann)).hasCount(1);
        try (var stranger = new Telnet(SERVER.port("smtp"))) {
            stranger.reply();
            stranger.smtp("EHLO there.test");
            stranger.smtp("MAIL FROM:<stranger@there.test>");
            assertThat(stranger.smtp("RCPT TO:<" + team + ">")).startsWith("5");
        }
        BROWSER.field("Moderators").fill("nobody-" + team);
        BROWSER.button("Save").click();
        assertThat(BROWSER.notice().locator(".problem")).isVisible();
        BROWSER.field("Moderators").fill(ann);
        BROWSER.button("Save").click();
        assertThat(BROWSER.field("Moderators")).hasValue(ann);
    }

    @Test
    void group_is_removed_after_a_question() {
        make("x@there.test");
        BROWSER.pressSurely("Remove group");
        assertThat(BROWSER.notice()).containsText("The group " + team + " was removed.");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(team)))
                .hasCount(0);
        BROWSER.go("/groups/" + team);
        assertThat(BROWSER.heading()).hasText("There is no such page");
    }

    @Test
    void what_is_no_group_is_refused_and_what_was_typed_stays() {
        BROWSER.go("/groups");
        page.locator("form#add input[id='add:address']").fill("team@not-ours.test");
        BROWSER.field("Members").fill("no address");
        BROWSER.button("Add group").click();
        assertThat(BROWSER.notice().locator(".problem")).isVisible();
        assertThat(BROWSER.field("Members")).hasValue("no address");
    }

    @Test
    void its_page_is_accessible_and_fits_a_phone() {
        SERVER.run("group", "add", team, SERVER.account(stem + "ann"), "somebody@there.test");
        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page = BROWSER.begin(
                    new Browser.NewContextOptions().setColorScheme(scheme).setBypassCSP(true));
            BROWSER.login();
            BROWSER.go("/groups/" + team);
            BROWSER.isAccessible("/groups/one", scheme);
        }
        page = BROWSER.phone();
        BROWSER.login();
        BROWSER.go("/groups/" + team);
        BROWSER.fitsThePhone("/groups/one");
    }
}
