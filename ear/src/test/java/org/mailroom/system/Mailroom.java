package org.mailroom.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mailroom.FreePort;
import org.mailroom.TestAuthority;
import org.mailroom.dns.FakeDns;
import org.mailroom.login.OpenIdProvider;
import org.mailroom.login.TokenIssuer;

/**
 * The server under test, started once for all system tests by the command that an operator types, in a home of its own and on
 * free ports. Stopped when the tests' JVM ends.
 */
final class Mailroom {
    static final String DOMAIN = "here.test";

    /** Of a stranger, a domain or a user in an hour, who is not on this machine. */
    static final int RATE = 40;

    private static Mailroom running;

    private final Path home =
            Path.of(System.getProperty("mailroom.home", "target/mailroom-home")).toAbsolutePath();
    private final Launcher launcher;
    private final Listeners listeners = new Listeners();
    private final int contentChecker = FreePort.next();
    private final int exchanger = FreePort.next();
    private final int virusChecker = FreePort.next();
    private final FakeDns names = new FakeDns();
    private final TokenIssuer issuer = new TokenIssuer();
    private final OpenIdProvider openId = new OpenIdProvider();
    private final ClientCertificate card;
    private final TestAuthority authority;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String administratorPassword;

    static synchronized Mailroom server() {
        if (running == null) {
            running = new Mailroom();
        }
        return running;
    }

    private Mailroom() {
        launcher = new Launcher(home);
        card = ClientCertificate.of("card@" + DOMAIN, home.resolveSibling("card"));
        try {
            authority = new TestAuthority();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> command("stop")));
        start();
        administratorPassword =
                json(command("admin", "reset-password", "--json")).getString("password");
        run("domain", "add", DOMAIN);
    }

    /** {@code ./mailroom run --detach}: again after a crash. */
    void start() {
        start(List.of());
    }

    /** @param settings that hold from this start to the next, as {@code key=value} */
    void start(List<String> settings) {
        var words = new ArrayList<>(List.of("run", "--detach", "--set", "mail.limits.exempt=127.0.0.0/9"));
        words.addAll(List.of("--set", "mail.queue.first-retry=PT2S", "--set", "mail.listen=127.0.0.1"));
        words.addAll(List.of("--set", "mail.limits.connections=20000", "--set", "mail.domain=mailroom.test"));
        // Our own name server: it knows no name but those that tests gave it.
        words.addAll(List.of("--set", "mail.dns.servers=" + names.address(), "--set", "mail.dns.dnssec=trust"));
        words.addAll(List.of("--set", "mail.queue.port=" + exchanger));
        words.addAll(List.of("--set", "mail.queue.timeouts=greeting=PT10S,command=PT10S,data=PT10S,dot=PT10S"));
        // Who connects from there comes through a proxy, and may be a stranger from anywhere; only strangers are judged
        // by
        // where they come from, and only they have their mail counted.
        words.addAll(
                List.of("--set", "mail.proxy.from=" + Telnet.PROXY, "--set", "mail.policy.block-lists=block.test"));
        words.addAll(List.of("--set", "mail.policy.allow-lists=allow.test", "--set", "mail.policy.listed=refuse"));
        words.addAll(List.of("--set", "mail.policy.helo=junk", "--set", "mail.policy.reverse-name=note"));
        words.addAll(List.of("--set", "mail.policy.greylist=true", "--set", "mail.policy.greylist.delay=PT2S"));
        for (var whose : List.of("address", "user", "domain")) {
            words.addAll(List.of("--set", "mail.limits.rate." + whose + "=" + RATE));
        }
        // Nobody listens there, until a test does; then it is asked again after a few seconds.
        words.addAll(List.of("--set", "mail.content.rspamd.url=http://127.0.0.1:" + contentChecker));
        words.addAll(List.of("--set", "mail.content.rspamd.timeout=PT1S", "--set", "mail.content.rspamd.pause=PT5S"));
        words.addAll(List.of("--set", "mail.reports.addresses=their-reports"));
        words.addAll(List.of("--set", "mail.login.oauth.keys=" + issuer.keys()));
        words.addAll(List.of("--set", "mail.login.oauth.issuer=" + TokenIssuer.ISSUER));
        words.addAll(List.of("--set", "mail.login.oauth.audience=" + TokenIssuer.AUDIENCE));
        words.addAll(List.of("--set", "mail.console.openid.issuer=" + openId.issuer()));
        words.addAll(List.of("--set", "mail.console.openid.client-id=" + OpenIdProvider.CLIENT));
        words.addAll(List.of("--set", "mail.console.openid.client-secret=" + OpenIdProvider.SECRET));
        words.addAll(List.of("--set", "mail.console.openid.roles=mail auditors=auditor,mail admins=administrator"));
        words.addAll(List.of("--set", "mail.login.kerberos.keytab=" + keytab()));
        words.addAll(List.of("--set", "mail.login.kerberos.realms=" + ActiveDirectory.REALM));
        words.addAll(List.of("--set", "mail.login.client-authorities=" + card.certificate()));
        words.addAll(List.of("--set", "mail.tls.authorities=" + authority.certificate()));
        words.addAll(List.of("--set", "mail.content.clamav.address=127.0.0.1:" + virusChecker));
        words.addAll(
                List.of("--set", "mail.content.clamav.found=quarantine", "--set", "mail.content.clamav.pause=PT5S"));
        listeners.settings().forEach(setting -> words.addAll(List.of("--set", setting)));
        settings.forEach(setting -> words.addAll(List.of("--set", setting)));
        run(words.toArray(String[]::new));
    }

    int port(String listener) {
        return listeners.port(listener);
    }

    /** Where the server asks about the content of mail from outside. */
    int contentCheckerPort() {
        return contentChecker;
    }

    /** How the server names itself. */
    String hostname() throws IOException {
        try (var telnet = new Telnet(port("smtp"))) {
            return telnet.reply().split(" ")[1];
        }
    }

    /** Where mail exchangers listen. */
    int exchangerPort() {
        return exchanger;
    }

    /** Where it asks about viruses, in all mail. */
    int virusCheckerPort() {
        return virusChecker;
    }

    /** The only name server that the server asks. */
    FakeDns names() {
        return names;
    }

    /** The command. */
    Path script() {
        return launcher.script();
    }

    /** Whose tokens the server takes. */
    TokenIssuer issuer() {
        return issuer;
    }

    /** Who vouches for people at the console. */
    OpenIdProvider openId() {
        return openId;
    }

    /** Where a test may put keys of Kerberos; without them, no tickets are taken. */
    Path keytab() {
        return home.resolveSibling("keytab");
    }

    /** A certificate of {@code card@here.test}, which need not be an account. */
    ClientCertificate card() {
        return card;
    }

    /** Which the server trusts when other hosts prove who they are. */
    TestAuthority authority() {
        return authority;
    }

    Path home() {
        return home;
    }

    String console() {
        return "http://127.0.0.1:" + port("console") + "/mailroom";
    }

    String administrator() {
        return "admin@mailroom.test";
    }

    String administratorPassword() {
        return administratorPassword;
    }

    /** An account that is new to the test, with the password {@code secret-of-<local part>}. */
    String account(String localPart) {
        var address = localPart + "@" + DOMAIN;
        var answer = api(
                "POST", "/accounts", "{\"address\":\"" + address + "\",\"password\":\"" + password(address) + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return address;
    }

    static String password(String address) {
        return "secret-of-" + address.substring(0, address.indexOf('@'));
    }

    /** Mail for the domain goes to this port of this machine. */
    void route(String domain, int port) {
        run("route", "add", domain, "smtp://127.0.0.1:" + port);
    }

    HttpResponse<String> api(String method, String path, String body) {
        try {
            var token = Files.readString(home.resolve("token")).strip();
            return http.send(
                    HttpRequest.newBuilder(URI.create(console() + "/api/v1" + path))
                            .timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject get(String path) {
        var answer = api("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    /** What became of the last message to a recipient, each step in one line: step, reply, client, detail. */
    List<String> trace(String recipient) {
        var rows = get("/trace?recipient=" + recipient).getJsonArray("rows").getValuesAs(JsonObject.class);
        return rows.isEmpty()
                ? List.of()
                : list("/trace/" + rows.getLast().getString("queueId")).getValuesAs(JsonObject.class).stream()
                        .map(step -> Stream.of("step", "reply", "client", "detail")
                                .map(name -> step.getString(name, ""))
                                .collect(joining(" ")))
                        .toList();
    }

    JsonArray list(String path) {
        var answer = api("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.createReader(new StringReader(answer.body())).readArray();
    }

    /** A command that must succeed. */
    String run(String... words) {
        return launcher.run(words);
    }

    private String command(String... words) {
        return launcher.execute(words).output();
    }

    Launcher.Result execute(String... words) {
        return launcher.execute(words);
    }

    static JsonObject json(String text) {
        // Progress may stand before the object.
        return Json.createReader(new StringReader(text.substring(text.indexOf('{'))))
                .readObject();
    }
}
