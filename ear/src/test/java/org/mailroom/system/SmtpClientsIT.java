package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailroom.system.Eventually.eventually;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.system.MailClient.Security;

/** SMTP as the programs of others speak it; a program that is not installed is skipped, and the report says so. */
class SmtpClientsIT {
    private static final int LARGEST = 52_428_800;

    private final Mailroom server = Mailroom.server();

    @TempDir
    private Path folder;

    @Test
    void swaks_submits_by_starttls_and_by_tls_rfc6409() throws Exception {
        var who = server.account("swaks");
        var login = List.of("--auth", "PLAIN", "--auth-user", who, "--auth-password", Mailroom.password(who));
        swaks(0, "submission", who, who, with(login, "--tls"));
        swaks(0, "submissions", who, who, with(login, "--tls-on-connect"));
        assertThat(new MailClient(who).count()).isEqualTo(2);
        assertThat(last(who)).contains("with ESMTPSA (TLSv1.");
    }

    @Test
    void swaks_is_told_to_log_in_and_whom_it_may_be() throws Exception {
        var who = server.account("swaks-own");
        var login = List.of("--tls", "--auth", "LOGIN", "--auth-user", who, "--auth-password", Mailroom.password(who));
        assertThat(swaks(23, "submission", who, who, List.of("--tls"))).contains("530 5.7.0");
        assertThat(swaks(23, "submission", "boss@here.test", who, login)).contains("550 5.7.1");
        assertThat(swaks(26, "submission", who, who, with(login, "--header", "From: boss@here.test")))
                .contains("550 5.7.1 This login may not send as the address in From");
        assertThat(new MailClient(who).count()).isZero();
    }

    @Test
    void swaks_delivers_to_the_exchanger_with_tls() throws Exception {
        var who = server.account("swaks-mx");
        swaks(0, "smtp", "stranger@there.test", who, List.of("--tls"));
        assertThat(last(who)).contains("with ESMTPS (TLSv1.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@elsewhere.test",
                "postmaster@elsewhere.test",
                "x%elsewhere.test@here.test",
                "elsewhere.test!x@here.test",
                "\"x@elsewhere.test\"@here.test",
                "\"x%elsewhere.test\"@here.test",
                "@here.test:x@elsewhere.test",
                "x@[127.0.0.1]",
                "x@[192.0.2.1]"
            })
    void no_form_of_relaying_passes_rfc5321_7_9(String recipient) throws Exception {
        assertThat(swaks(24, "smtp", "stranger@there.test", recipient, List.of()))
                .containsPattern("<\\*\\* 55[0-3] ");
    }

    @Test
    void swaks_hands_over_by_lmtp_and_each_recipient_is_answered_rfc2033() throws Exception {
        var one = server.account("lmtp-one");
        var two = server.account("lmtp-two");
        var said = swaks(0, "lmtp", "a@there.test", one + "," + two, List.of("--protocol", "LMTP"));
        assertThat(said.split("<-  250 2.0.0 Ok, queued as ", -1)).hasSize(3);
        assertThat(last(one)).contains("with LMTP");
        assertThat(new MailClient(two).count()).isEqualTo(1);
    }

    @Test
    void msmtp_submits() throws Exception {
        var who = server.account("msmtp");
        var rc = secret("msmtprc", """
                account default
                host 127.0.0.1
                port %d
                tls on
                tls_starttls on
                tls_certcheck off
                auth on
                user %s
                password %s
                from %s
                """.formatted(server.port("submission"), who, Mailroom.password(who), who));
        var message =
                Files.writeString(folder.resolve("message"), "From: " + who + "\nSubject: by msmtp\n\n.dot\nhi\n");
        run(0, message, "msmtp", "--file=" + rc, "--dsn-notify=failure,delay", "--dsn-return=headers", who);
        assertThat(last(who)).contains("Subject: by msmtp").endsWith("\r\n\r\n.dot\r\nhi\r\n");
    }

    @Test
    void curl_submits_by_tls() throws Exception {
        var who = server.account("curl-smtp");
        var login = secret("netrc", "machine 127.0.0.1 login %s password %s\n".formatted(who, Mailroom.password(who)));
        var message =
                Files.writeString(folder.resolve("message"), "From: " + who + "\r\nSubject: by curl\r\n\r\nhi\r\n");
        var url = "smtps://127.0.0.1:" + server.port("submissions");
        run(
                0,
                message,
                "curl",
                "-sSk",
                "--netrc-file",
                login,
                "--mail-from",
                who,
                "--mail-rcpt",
                who,
                "--upload-file",
                "-",
                url);
        assertThat(last(who)).contains("Subject: by curl");
    }

    @Test
    void angus_mail_sends_in_chunks_rfc3030() throws Exception {
        var who = server.account("chunks");
        // No line begins with a dot: Angus Mail doubles it in chunks, too, where nobody takes the second one away
        // again.
        var text = "From: " + who + "\r\nSubject: chunks\r\n\r\n" + "a line\r\n".repeat(20_000);
        angus(who, who, text, Map.of("mail.smtp.chunksize", "65536"));
        assertThat(last(who)).endsWith("\r\n\r\n" + "a line\r\n".repeat(20_000));
    }

    @Test
    void angus_mail_hears_of_success_rfc3461() throws Exception {
        var who = server.account("dsn");
        var to = server.account("dsn-to");
        var wishes = Map.of("mail.smtp.dsn.notify", "SUCCESS", "mail.smtp.dsn.ret", "HDRS");
        angus(who, to, "From: " + who + "\r\nSubject: told\r\n\r\nsecret\r\n", wishes);
        eventually("a report", Duration.ofSeconds(30), () -> new MailClient(who).count() == 1);
        assertThat(last(who))
                .contains("Action: delivered")
                .contains("Final-Recipient: rfc822; " + to)
                .contains("Subject: told")
                .doesNotContain("secret");
    }

    @Test
    void angus_mail_writes_beyond_ascii_rfc6531() throws Exception {
        var who = server.account("utf8");
        var text = "From: Jürgen <" + who + ">\r\nSubject: grüße\r\n\r\nhi\r\n";
        angus(
                who,
                who,
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                Map.of("mail.mime.allowutf8", "true"));
        assertThat(new String(last(who).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .contains("with UTF8SMTPSA")
                .contains("Subject: grüße");
    }

    /** By STARTTLS, with properties of Angus Mail. */
    private void angus(String who, String to, String text, Map<String, String> more) throws Exception {
        var properties = new Properties();
        properties.putAll(Map.of(
                "mail.smtp.host", "127.0.0.1",
                "mail.smtp.port", String.valueOf(server.port("submission")),
                "mail.smtp.ssl.trust", "*",
                "mail.smtp.ssl.checkserveridentity", "false",
                "mail.smtp.starttls.required", "true",
                "mail.smtp.auth", "true",
                "mail.smtp.from", who));
        properties.putAll(more);
        var session = Session.getInstance(properties);
        var message = new MimeMessage(session, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        try (var transport = session.getTransport("smtp")) {
            transport.connect(who, Mailroom.password(who));
            transport.sendMessage(message, InternetAddress.parse(to));
        }
    }

    @Test
    void what_came_as_binary_is_read_by_imap_and_pop3_rfc3030_3() throws Exception {
        var who = server.account("binary");
        var header = "Subject: binary\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n"
                + "Content-Transfer-Encoding: binary\r\n\r\n";
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("EHLO there.test");
            telnet.smtp("MAIL FROM:<a@there.test> BODY=BINARYMIME");
            telnet.expect("250 ", telnet.smtp("RCPT TO:<" + who + ">"));
            telnet.expect("503 5.5.1", telnet.smtp("DATA"));
            telnet.raw("BDAT " + (header.length() + 4) + " LAST\r\n" + header + "a\0\n\r");
            telnet.expect("250 ", telnet.reply());
        }
        var kept = header.replace("binary\r\n\r\n", "base64\r\n\r\n") + "YQAKDQ==\r\n";
        assertThat(last(who)).endsWith(kept);
        try (var store = new MailClient(who).pop3(Security.TLS);
                var inbox = MailClient.inbox(store)) {
            assertThat(MailClient.text(inbox.getMessage(1))).endsWith(kept);
            try (var octets = inbox.getMessage(1).getInputStream()) {
                assertThat(octets.readAllBytes()).containsExactly('a', 0, '\n', '\r');
            }
        }
    }

    @Test
    void a_message_may_be_as_large_as_size_says_rfc1870() throws Exception {
        var who = server.account("large");
        assertThat(large(who, LARGEST)).startsWith("250 ");
        assertThat(large(who, LARGEST + 1)).startsWith("552 5.3.4");
        try (var store = new MailClient(who).imap(Security.NONE);
                var inbox = MailClient.inbox(store)) {
            assertThat(inbox.getMessageCount()).isEqualTo(1);
            assertThat(inbox.getMessage(1).getSize()).isBetween(LARGEST, LARGEST + 1000);
        }
    }

    private String large(String to, int size) throws Exception {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("EHLO there.test");
            telnet.smtp("MAIL FROM:<a@there.test>");
            telnet.smtp("RCPT TO:<" + to + ">");
            telnet.smtp("DATA");
            var lines = ("x".repeat(98) + "\r\n").repeat(64).getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < LARGEST; sent += lines.length) {
                telnet.raw(lines);
            }
            // One octet more than the limit is one more than these lines are.
            telnet.raw(size > LARGEST ? "\r\n.\r\n" : ".\r\n");
            return telnet.reply();
        }
    }

    @Test
    void mail_of_a_relay_domain_is_held_until_its_host_asks_rfc1985() throws Exception {
        try (var sink = RemoteServer.sink();
                var telnet = new Telnet(server.port("smtp"))) {
            server.run("domain", "add", "dial-up.test", "--relay");
            server.run("route", "add", "dial-up.test", "smtp://127.0.0.1:" + sink.port(), "--hold", "etrn");
            telnet.reply();
            telnet.smtp("EHLO there.test");
            telnet.expect("251 2.0.0", telnet.smtp("ETRN dial-up.test"));
            telnet.smtp("MAIL FROM:<a@there.test>");
            telnet.expect("250 ", telnet.smtp("RCPT TO:<anybody@dial-up.test>"));
            telnet.smtp("DATA");
            telnet.raw("Subject: for later\r\n\r\nhi\r\n.\r\n");
            telnet.expect("250 ", telnet.reply());
            eventually(
                    "it is held",
                    Duration.ofSeconds(30),
                    () -> server.api("GET", "/queue?state=held&domain=dial-up.test", "")
                            .body()
                            .contains("for later"));
            assertThat(sink.messages()).isEmpty();
            telnet.expect("253 2.0.0 1 pending messages", telnet.smtp("ETRN dial-up.test"));
            eventually(
                    "the host has it",
                    Duration.ofSeconds(30),
                    () -> sink.messages().size() == 1);
        }
    }

    @Test
    void verb_tells_a_troubleshooter_what_the_server_thinks() throws Exception {
        var who = server.account("verb");
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("EHLO there.test");
            telnet.expect("250 2.0.0", telnet.smtp("VERB"));
            telnet.smtp("MAIL FROM:<a@there.test>");
            assertThat(whole(telnet, "RCPT TO:<nobody@here.test>"))
                    .contains("550-5.1.1 nobody@here.test: there is no such address, and its mail is refused")
                    .contains("550-5.1.1 refused by rule recipient: NO_SUCH_RECIPIENT");
            assertThat(whole(telnet, "RCPT TO:<" + who + ">"))
                    .contains("250-2.1.5 " + who + ": the account " + who + " gets it")
                    .contains("250-2.1.5 accepted by rule local");
            telnet.smtp("DATA");
            assertThat(whole(telnet, "Subject: verb\r\n\r\n."))
                    .contains("250-2.0.0 " + who + ": put into INBOX")
                    .containsPattern("250 2.0.0 Ok, queued as [0-9A-Z]+$");
        }
    }

    private static String whole(Telnet telnet, String command) throws Exception {
        telnet.raw(command + "\r\n");
        var lines = new ArrayList<String>();
        do {
            lines.add(telnet.line());
        } while (lines.getLast().charAt(3) == '-');
        return String.join("\n", lines);
    }

    /** The message that came last, as it is on the server. */
    private static String last(String who) throws Exception {
        try (var store = new MailClient(who).imap(Security.NONE);
                var inbox = MailClient.inbox(store)) {
            return MailClient.text(inbox.getMessage(inbox.getMessageCount()));
        }
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private String swaks(int code, String listener, String from, String to, List<String> options) throws Exception {
        var words = new ArrayList<Object>(List.of("--server", "127.0.0.1", "--port", server.port(listener)));
        words.addAll(List.of("--ehlo", "there.test", "--from", from, "--to", to, "--timeout", "30"));
        words.addAll(options);
        return run(code, Path.of("/dev/null"), "swaks", words.toArray());
    }

    /** Programs refuse a file with a password that others may read. */
    private Path secret(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void installed(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!there) {
            System.err.println("SKIPPED: " + program + " is not installed");
        }
        assumeTrue(there, program + " is not installed");
    }

    private String run(int code, Path input, String program, Object... arguments) throws Exception {
        installed(program);
        var command = Stream.concat(Stream.of(program), Stream.of(arguments).map(Object::toString))
                .toList();
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        var text = Files.readString(output);
        assertThat(ended).as(command + "\n" + text).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + text).isEqualTo(code);
        return text;
    }
}
