package org.mailroom.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody sets up his second factor in a real browser, and is asked for it; the app on his phone is played by the test. */
class SecondFactorIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static Playwright playwright;
    private static Browser browser;

    private Page page;

    @BeforeAll
    static void open() {
        var chromium = Path.of(System.getProperty("mailroom.chromium", "/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(chromium), "SKIPPED: there is no chromium for the browser tests");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void visit() {
        page = browser.newContext(new Browser.NewContextOptions().setLocale("en-GB"))
                .newPage();
        page.setDefaultTimeout(20_000);
    }

    private void login(String address) {
        page.navigate(SERVER.console() + "/login");
        page.getByLabel("Address").fill(address);
        page.getByLabel("Password").fill(Mailroom.password(address));
        button("Log in").click();
    }

    private void code(String code) {
        field("Code").fill(code);
        button("Log in").click();
    }

    private void logout() {
        button("Log out").click();
        assertThat(heading()).hasText("Log in");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    /** RFC 6238, as the app does it; a code of now, or of the next step, is still good when the step ends meanwhile. */
    private static String app(String secret, int stepsFromNow) throws Exception {
        long bits = 0;
        int count = 0;
        var key = ByteBuffer.allocate(secret.length() * 5 / 8);
        for (char letter : secret.toCharArray()) {
            bits = bits << 5 | BASE32.indexOf(letter);
            count += 5;
            if (count >= 8) {
                count -= 8;
                key.put((byte) (bits >> count));
            }
        }
        long step = System.currentTimeMillis() / 30_000 + stepsFromNow;
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
        var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }

    private static int basic(String address) throws Exception {
        var secret = Base64.getEncoder()
                .encodeToString((address + ":" + Mailroom.password(address)).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(SERVER.console() + "/api/v1/self/application-passwords"))
                .header("Authorization", "Basic " + secret);
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void it_is_set_up_asked_for_and_taken_away_by_an_administrator() throws Exception {
        var address = SERVER.account("factor-ann");
        assertThat(basic(address)).isEqualTo(200);
        login(address);
        page.navigate(SERVER.console() + "/self/second-factor");
        button("Set up").click();
        assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("QR code with the secret")))
                .isVisible();
        var secret = page.locator("#secret").textContent();
        field("Code").fill("123");
        button("Turn on").click();
        assertThat(page.locator("#notices")).containsText("not the code");
        field("Code").fill(app(secret, 0));
        button("Turn on").click();
        assertThat(page.locator("#notices")).containsText("Recovery codes");
        var recovery = page.locator("#notices code").textContent().split("\\s+");
        assertThat(recovery).hasSize(10);
        assertThat(basic(address)).as("a password alone opens nothing any more").isEqualTo(401);
        logout();

        login(address);
        assertThat(page.getByLabel("Password")).hasCount(0);
        code("000000");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not the code");
        var once = app(secret, 1);
        code(once);
        assertThat(heading()).hasText("My account");
        logout();

        login(address);
        code(once);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not the code");
        code(recovery[3]);
        assertThat(heading()).hasText("My account");
        logout();

        SERVER.run("account", "reset-second-factor", address);
        login(address);
        assertThat(heading()).hasText("My account");
        assertThat(SERVER.api("GET", "/audit?filter=" + address, "").body())
                .contains("second-factor.confirm", "second-factor.reset");
    }

    @Test
    void who_comes_from_an_issuer_is_asked_too_unless_he_was_asked_there() throws Exception {
        var address = SERVER.account("factor-otto");
        login(address);
        page.navigate(SERVER.console() + "/self/second-factor");
        button("Set up").click();
        var secret = page.locator("#secret").textContent();
        field("Code").fill(app(secret, 0));
        button("Turn on").click();
        assertThat(page.locator("#notices")).containsText("Recovery codes");
        logout();

        SERVER.openId().person(address);
        var begin = SERVER.console() + "/login/openid/begin?to=/self/second-factor";
        page.navigate(begin);
        assertThat(field("Code")).isVisible();
        page.navigate(SERVER.console() + "/self");
        assertThat(heading()).hasText("Log in");
        page.navigate(begin);
        code("000000");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not the code");
        code(app(secret, 1));
        assertThat(heading()).hasText("Second factor");
        logout();

        SERVER.openId().proved("pwd", "mfa");
        page.navigate(begin);
        assertThat(heading()).hasText("Second factor");
        SERVER.openId().proved();
        logout();
    }

    /** Nobody is let in who knows the code and not the password, or comes to the second step from nowhere. */
    @Test
    void the_second_step_alone_opens_nothing() {
        page.navigate(SERVER.console() + "/login");
        assertThat(field("Code")).hasCount(0);
        page.navigate(SERVER.console() + "/self/second-factor");
        assertThat(heading()).hasText("Log in");
    }
}
