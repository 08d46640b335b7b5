package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same mechanisms in SMTP, POP3 and IMAP, as programs of others use them: gsasl and mutt, curl, Angus Mail. */
class LoginClientsIT {
    private final Mailroom server = Mailroom.server();

    @TempDir
    private Path folder;

    private Program programs() {
        return new Program(folder);
    }

    /** gsasl checks the server's proof too, and binds the exchange to its TLS connection. */
    @ParameterizedTest
    @CsvSource({
        "imap, imap, SCRAM-SHA-256-PLUS",
        "imap, imap, SCRAM-SHA-256",
        "smtp, submission, SCRAM-SHA-256-PLUS",
        "smtp, submission, SCRAM-SHA-256"
    })
    void gsasl_proves_who_it_is_and_tells_no_password(String protocol, String port, String mechanism) throws Exception {
        var who = account("gsasl-" + protocol + mechanism.length());
        assertThat(gsasl(protocol, port, mechanism, who, Mailroom.password(who)).code())
                .isZero();
        assertThat(gsasl(protocol, port, mechanism, who, "another").code()).isNotZero();
    }

    private Program.Ended gsasl(String protocol, String port, String mechanism, String who, String password)
            throws Exception {
        var words = new ArrayList<>(List.of("--" + protocol, "--connect=127.0.0.1:" + server.port(port)));
        words.addAll(List.of("--starttls", "--x509-ca-file=", "--mechanism=" + mechanism, "-d"));
        words.addAll(List.of("--authentication-id=" + who, "--authorization-id=", "--password=" + password));
        if (!mechanism.endsWith("-PLUS")) {
            words.add("--no-cb");
        }
        return programs().execute("gsasl", words.toArray());
    }

    @Test
    void mutt_proves_who_it_is_by_pop3() throws Exception {
        var who = account("mutt-scram");
        var rc = programs().secret("muttrc", """
                set pop_user="%s" pop_pass="%s" ssl_starttls=no ssl_force_tls=no pop_authenticators="scram-sha-256"
                set pop_delete=no pop_last=no spoolfile="%s" mbox_type=mbox folder="%s" move=no
                set pop_host="pop://127.0.0.1:%d"
                push "<fetch-mail><sync-mailbox><quit>"
                """.formatted(
                        who, Mailroom.password(who), folder.resolve("spool"), folder, server.port("pop3")));
        new MailClient(who).submit(MailClient.Security.STARTTLS, who, "Subject: proven\r\n\r\nhi\r\n");
        Files.createFile(folder.resolve("spool"));
        Program.installed("mutt");
        // mutt draws on a terminal, so it gets one.
        programs().run("script", "-qec", "TERM=vt100 mutt -F " + rc, "/dev/null");
        assertThat(Files.readString(folder.resolve("spool"))).contains("Subject: proven");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2"})
    void curl_shows_a_token_in_every_protocol(String mechanism) throws Exception {
        var who = account("curl-" + mechanism.length());
        var good = server.issuer().token(who);
        everywhere(mechanism, who, "--oauth2-bearer", good);
        var others = server.issuer().token("somebody@here.test");
        assertThat(curl("imaps", mechanism, who, "--oauth2-bearer", others).code())
                .isNotZero();
    }

    @Test
    void curl_shows_a_certificate_in_every_protocol() throws Exception {
        var card = server.card();
        var who = account("card");
        everywhere("EXTERNAL", who, "--cert", card.certificate(), "--key", card.key());
        assertThat(curl("imaps", "EXTERNAL", account("cardless"), "--cert", card.certificate(), "--key", card.key())
                        .code())
                .isNotZero();
    }

    private void everywhere(String mechanism, String who, Object... proof) throws Exception {
        assertThat(curl("imaps", mechanism, who, proof).output()).contains("INBOX");
        var sent = curl("submissions", mechanism, who, proof);
        assertThat(sent.code()).as(sent.output()).isZero();
        eventually("it is there", Duration.ofSeconds(30), () -> new MailClient(who).count() == 1);
        assertThat(curl("pop3s", mechanism, who, proof).output()).startsWith("1 ");
    }

    private Program.Ended curl(String port, String mechanism, String who, Object... proof) throws Exception {
        var words = new ArrayList<Object>(List.of("-sSk", "-u", who + ":", "--login-options", "AUTH=" + mechanism));
        words.addAll(List.of(proof));
        boolean sends = port.equals("submissions");
        words.add((sends ? "smtps" : port) + "://127.0.0.1:" + server.port(port) + "/");
        if (sends) {
            var message = folder.resolve("message");
            Files.writeString(message, "From: " + who + "\r\nSubject: by " + mechanism + "\r\n\r\nhi\r\n");
            words.addAll(List.of("--mail-from", who, "--mail-rcpt", who, "-T", message));
        }
        return programs().execute("curl", words.toArray());
    }

    /** RFC 5802 §6, RFC 4954 §4, RFC 5034 §6, RFC 9051 §7.2.2: one list, in three forms of words. */
    @Test
    void the_same_mechanisms_are_offered_everywhere() throws Exception {
        var mechanisms = "SCRAM-SHA-256 OAUTHBEARER XOAUTH2 PLAIN LOGIN"; // in the clear, from the machine itself
        try (var pop3 = new Telnet(server.port("pop3"));
                var imap = new Telnet(server.port("imap"));
                var smtp = new Telnet(server.port("submission"))) {
            pop3.line();
            pop3.raw("CAPA\r\n");
            var lines = new ArrayList<String>();
            for (var line = pop3.line(); !line.equals("."); line = pop3.line()) {
                lines.add(line);
            }
            assertThat(lines).contains("SASL " + mechanisms);
            imap.line();
            assertThat(imap.imap("a", "CAPABILITY"))
                    .contains(List.of(mechanisms.split(" ")).stream()
                            .map(name -> "AUTH=" + name)
                            .collect(Collectors.joining(" ")));
            smtp.reply();
            smtp.raw("EHLO me.test\r\n");
            var greeting = new ArrayList<String>();
            var line = smtp.line();
            for (; line.startsWith("250-"); line = smtp.line()) {
                greeting.add(line.substring(4));
            }
            greeting.add(line.substring(4));
            assertThat(greeting).contains("AUTH " + mechanisms);
        }
    }

    private String account(String name) {
        return server.account(name);
    }
}
