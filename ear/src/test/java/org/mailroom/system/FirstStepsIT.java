package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps through which the console leads at the first start. */
class FirstStepsIT {
    @RegisterExtension
    static final ConsoleBrowser BROWSER = new ConsoleBrowser();

    private final String domain = "first" + Long.toString(System.nanoTime(), 36) + ".test";
    private Page page;

    @BeforeEach
    void visit() {
        page = BROWSER.visit();
    }

    private Locator link(String name) {
        return page.locator("main").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    private void begin() {
        BROWSER.go("/setup");
        BROWSER.field("Domain").fill(domain);
        BROWSER.button("Add and go on").click();
        assertThat(BROWSER.heading()).hasText("DNS records");
    }

    @Test
    void steps_lead_from_a_domain_to_the_settings_of_mail_programs() {
        begin();
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("Mail exchanger (MX)")))
                .containsText(domain + ". IN MX 10 ");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("DKIM key"))
                        .first())
                .containsText("._domainkey." + domain);
        link("Next: Certificate").click();
        assertThat(BROWSER.heading()).hasText("Certificate");
        assertThat(page.locator("li.card")).hasCount(1);
        assertThat(BROWSER.button("Install")).isVisible();
        link("Next: Accounts").click();
        assertThat(page.getByText("Nobody lives in this domain yet.")).isVisible();
        BROWSER.field("Address").fill("ann");
        BROWSER.field("Name").fill("Ann");
        BROWSER.button("Create account").click();
        assertThat(page.locator("#notices")).containsText("The account ann@" + domain + " was created");
        assertThat(page.locator("code.secret")).not().isEmpty();
        assertThat(link("ann@" + domain)).isVisible();
        link("Next: Mail programs").click();
        assertThat(page.locator("tbody")).containsText("Reading mail (IMAP)");
        link("Finish").click();
        assertThat(BROWSER.heading()).hasText("Dashboard");
    }

    @Test
    void steps_are_left_and_taken_up_again() {
        begin();
        link("Later").click();
        assertThat(BROWSER.heading()).hasText("Dashboard");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("First steps"))
                .click();
        link(domain).click();
        assertThat(BROWSER.heading()).hasText("DNS records");
        page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Steps"))
                .getByText("Accounts")
                .click();
        assertThat(BROWSER.heading()).hasText("Accounts");
        link("Back: Certificate").click();
        assertThat(BROWSER.heading()).hasText("Certificate");
    }

    @Test
    void what_was_refused_is_told_and_stays_as_it_was_typed() {
        BROWSER.go("/setup");
        BROWSER.field("Domain").fill("no domain");
        BROWSER.button("Add and go on").click();
        assertThat(page.locator("#notices .problem")).isVisible();
        assertThat(BROWSER.field("Domain")).hasValue("no domain");
        BROWSER.go("/setup/dns/not-ours.test");
        assertThat(BROWSER.heading()).hasText("There is no such page");
    }

    @Test
    void keyboard_alone_adds_the_domain() {
        BROWSER.go("/setup");
        BROWSER.field("Domain").focus();
        page.keyboard().type(domain);
        page.keyboard().press("Tab");
        assertThat(BROWSER.button("Add and go on")).isFocused();
        page.keyboard().press("Enter");
        assertThat(BROWSER.heading()).hasText("DNS records");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void every_step_is_accessible(ColorScheme scheme) {
        page = BROWSER.begin(
                new Browser.NewContextOptions().setColorScheme(scheme).setBypassCSP(true));
        BROWSER.login();
        BROWSER.go("/setup");
        BROWSER.isAccessible("/setup", scheme);
        begin();
        BROWSER.isAccessible("/setup/dns", scheme);
        for (var step : new String[] {"certificate", "accounts", "clients"}) {
            BROWSER.go("/setup/" + step + "/" + domain);
            BROWSER.isAccessible("/setup/" + step, scheme);
        }
    }

    @Test
    void every_step_fits_a_phone() {
        page = BROWSER.phone();
        BROWSER.login();
        BROWSER.go("/setup");
        BROWSER.fitsThePhone("/setup");
        begin();
        for (var step : new String[] {"dns", "certificate", "accounts", "clients"}) {
            BROWSER.go("/setup/" + step + "/" + domain);
            BROWSER.fitsThePhone("/setup/" + step);
        }
    }
}
