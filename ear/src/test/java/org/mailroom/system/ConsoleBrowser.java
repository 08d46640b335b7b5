package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The console in a real browser, with the eyes of an administrator. The properties {@code mailroom.console}, {@code mailroom.admin}
 * and {@code mailroom.password} name a server that runs already; {@code mailroom.screenshots} a folder for pictures of every page.
 * Registered with a class of tests, it opens one browser for them, and fails a test in which a page complained.
 */
final class ConsoleBrowser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final int PHONE = 375;

    String console;
    String administrator;
    String password;

    private final List<String> complaints = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;
    private String axe;
    private BrowserContext context;
    private Page page;

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        var chromium = System.getProperty("mailroom.chromium", "/usr/bin/chromium");
        assumeTrue(Files.isExecutable(Path.of(chromium)), "SKIPPED: there is no chromium for the browser tests");
        if (ownServer()) {
            console = Mailroom.server().console();
            administrator = Mailroom.server().administrator();
            password = Mailroom.server().administratorPassword();
        } else {
            console = System.getProperty("mailroom.console");
            administrator = System.getProperty("mailroom.admin");
            password = System.getProperty("mailroom.password");
        }
        // The browser of the machine: nothing is fetched.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
        try (var script = Objects.requireNonNull(ConsoleBrowser.class.getResourceAsStream("/axe.min.js"))) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether the server is one of the tests' own. */
    static boolean ownServer() {
        return System.getProperty("mailroom.console") == null;
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (context != null) {
            nothingWasComplainedOf();
        }
    }

    /** A new browser in which the administrator has logged in. */
    Page visit() {
        begin(new Browser.NewContextOptions());
        login();
        return page;
    }

    /** A new browser that knows nobody. */
    Page begin(Browser.NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(options.locale == null ? options.setLocale("en-GB") : options);
        context.setDefaultTimeout(20_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // A page that is not there says so with a status; the browser notes that as an error.
            if (message.type().equals("error") && !message.text().contains("status of 404")) {
                complaints.add(page.url() + " " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " " + error));
        return page;
    }

    Page phone() {
        return begin(new Browser.NewContextOptions().setViewportSize(PHONE, 844).setHasTouch(true));
    }

    /** Whatever a page complains of in the browser's console, a breach of the content policy first of all, is a failure. */
    private void nothingWasComplainedOf() {
        // The browser may wait for good for a page that is just being loaded.
        page.navigate("about:blank");
        context.close();
        context = null;
        var all = List.copyOf(complaints);
        complaints.clear();
        assertThat(all).isEmpty();
    }

    BrowserContext context() {
        return context;
    }

    void go(String path) {
        page.navigate(console + path);
    }

    void login() {
        login(administrator, password);
        assertThat(heading()).hasText("Dashboard");
    }

    /** In English or German. */
    void login(String address, String secret) {
        go("/login");
        page.locator("input[type=text]").fill(address);
        page.locator("input[type=password]").fill(secret);
        page.locator("input[type=password]").press("Enter");
        assertThat(page.locator("[id='out:logout']")).isVisible();
    }

    Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The link of this name in the content; the menu has links of such names, too. */
    Locator link(String name) {
        return page.locator("main")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** What the last action came to. */
    Locator notice() {
        return page.locator("#notices");
    }

    /** The rows of the page's tables in which a text stands. */
    Locator row(String text) {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(text));
    }

    /** Presses a button, and says yes to the question that follows. */
    void pressSurely(String name) {
        button(name).click();
        button("Yes, do it").click();
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** No page may be wider than the phone. */
    void fitsThePhone(String path) {
        picture(path, "phone");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as(path)
                .isLessThanOrEqualTo(PHONE);
    }

    void isAccessible(String path, ColorScheme scheme) {
        picture(path, scheme.name().toLowerCase(Locale.ROOT));
        assertThat(heading()).hasCount(1);
        page.evaluate(axe);
        var found = page.evaluate("""
                async () => (await axe.run(document, {
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
                })).violations
                    .filter(violation => ['serious', 'critical'].includes(violation.impact))
                    .map(violation => violation.id + ': ' + violation.nodes.map(node => node.html).join(' '))""");
        assertThat((List<?>) found).as(path + " " + scheme).isEmpty();
    }

    void picture(String path, String kind) {
        String folder = System.getProperty("mailroom.screenshots");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(folder, kind + path.replaceAll("[^a-zA-Z0-9]+", "-") + ".png")));
        }
    }
}
