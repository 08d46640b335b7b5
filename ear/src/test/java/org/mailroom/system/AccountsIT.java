package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Accounts move, go and come back with their mail; programs have passwords of their own; guessing is slowed. */
class AccountsIT {
    private final Mailroom server = Mailroom.server();

    private void deliver(String address) throws Exception {
        Smtp.deliver(server.port("smtp"), address, "Subject: kept\r\n\r\nx\r\n");
    }

    private int self(String address, String password, String path, String body) throws Exception {
        var basic = Base64.getEncoder().encodeToString((address + ":" + password).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(server.console() + "/api/v1/self/" + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private boolean opens(String protocol, String address, String password) throws MessagingException {
        var properties = new Properties();
        properties.setProperty("mail." + protocol + ".port", Integer.toString(server.port(protocol)));
        properties.setProperty("mail." + protocol + ".host", "127.0.0.1");
        properties.setProperty("mail.imap.auth.mechanisms", "PLAIN");
        try (var store = jakarta.mail.Session.getInstance(properties).getStore(protocol)) {
            store.connect("127.0.0.1", address, password);
            return true;
        } catch (jakarta.mail.AuthenticationFailedException e) {
            return false;
        }
    }

    @Test
    void a_removed_account_takes_no_mail_and_comes_back_with_what_it_had() throws Exception {
        var address = server.account("life-ann");
        deliver(address);
        assertThat(server.run("account", "remove", address)).contains("account restore");
        assertThat(opens("imap", address, Mailroom.password(address))).isFalse();
        assertThatThrownBy(() -> deliver(address)).isInstanceOf(Throwable.class);
        server.run("account", "restore", address);
        assertThat(new MailClient(address).count()).isEqualTo(1);
    }

    @Test
    void an_account_and_a_domain_get_other_names_and_their_mail_stays() throws Exception {
        var address = server.account("life-bob");
        server.run("domain", "add", "moved.test");
        deliver(address);
        server.run("account", "move", address, "life-bob@moved.test");
        deliver(address);
        assertThat(opens("imap", "life-bob@moved.test", Mailroom.password(address)))
                .isTrue();
        server.run("domain", "rename", "moved.test", "renamed.test");
        deliver("life-bob@moved.test");
        deliver("life-bob@renamed.test");
        assertThat(new MailClient("life-bob@renamed.test").count()).isEqualTo(4);
    }

    @Test
    void a_program_has_a_password_of_its_own() throws Exception {
        var address = server.account("life-carl");
        var said = server.run("app-password", "add", address, "phone", "--for", "imap");
        var secret = said.replaceFirst("(?s).*: (\\S{26}) .*", "$1");
        assertThat(opens("imap", address, secret)).isTrue();
        assertThat(opens("pop3", address, secret)).isFalse();
        assertThat(self(address, secret, "password", "{}")).isEqualTo(401);
        var listed = server.run("app-password", "list", address);
        assertThat(listed).contains("phone", "127.0.0.1").doesNotContain(secret);
        var id = listed.lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        server.run("app-password", "revoke", address, id);
        assertThat(opens("imap", address, secret)).isFalse();
    }

    @Test
    void a_user_changes_his_password_by_himself() throws Exception {
        var address = server.account("life-dan");
        var old = Mailroom.password(address);
        assertThat(self(address, old, "password", "{\"present\":\"" + old + "\",\"wanted\":\"password\"}"))
                .isEqualTo(422);
        assertThat(self(address, old, "password", "{\"present\":\"" + old + "\",\"wanted\":\"a better one\"}"))
                .isEqualTo(204);
        assertThat(opens("imap", address, "a better one")).isTrue();
        assertThat(opens("imap", address, old)).isFalse();
    }

    /** The tests' own address is never slowed; what slowing does, the house's tests tell. */
    @Test
    void whoever_is_slowed_is_listed_and_nobody_else_can_be_forgiven() {
        assertThat(server.run("login", "slowed")).contains("who", "failures");
        assertThat(server.execute("login", "lift", "nobody@here.test").code()).isNotZero();
    }
}
