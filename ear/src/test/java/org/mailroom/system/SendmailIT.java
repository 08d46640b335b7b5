package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mailroom sendmail} as cron, mail programs and scripts call it. */
class SendmailIT {
    private static final Mailroom server = Mailroom.server();
    private static MailClient robot;
    private static Path credentials;

    @BeforeAll
    static void account(@TempDir Path directory) throws Exception {
        robot = new MailClient(server.account("robot"));
        credentials = directory.resolve("sendmail.properties");
        Files.writeString(
                credentials,
                "user=robot@here.test\npassword=" + Mailroom.password("robot@here.test") + "\nport="
                        + server.port("submission") + "\n");
    }

    /** What it says, with its exit code before it. */
    private static String sendmail(String input, String... options) throws Exception {
        var command = new ArrayList<>(List.of(server.script().toString(), "sendmail"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MAILROOM_SENDMAIL", credentials.toString());
        var process = builder.start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + " " + said;
    }

    private static String last(MailClient reader) throws Exception {
        try (var store = reader.imap(MailClient.Security.NONE);
                var inbox = MailClient.inbox(store)) {
            return MailClient.text(inbox.getMessage(inbox.getMessageCount()));
        }
    }

    @Test
    void message_names_its_own_recipients() throws Exception {
        var reader = new MailClient(server.account("reader"));
        var hidden = new MailClient(server.account("hidden"));
        assertThat(sendmail(
                        "To: Reader <reader@here.test>\nBcc: hidden@here.test\nSubject: für alle\n\n.\nnot the end\n",
                        "-t",
                        "-i",
                        "-f",
                        "robot@here.test"))
                .isEqualTo("0 ");
        assertThat(last(reader))
                .startsWith("Return-Path: <robot@here.test>")
                .contains("From: robot@here.test")
                .doesNotContain("hidden")
                .endsWith("\r\n\r\n.\r\nnot the end\r\n");
        assertThat(last(hidden)).contains("Subject: ");
    }

    @Test
    void cron_writes_to_a_bare_name() throws Exception {
        var root = new MailClient(server.account("root"));
        assertThat(sendmail(
                        "From: root (Cron Daemon)\nTo: root\nSubject: Cron <root@vm> backup\n\ndone\n.\nlost\n",
                        "-odi",
                        "-oem",
                        "root"))
                .isEqualTo("0 ");
        assertThat(last(root))
                .contains("From: \"root (Cron Daemon)\" <robot@here.test>")
                .contains("Subject: Cron <root@vm> backup")
                .endsWith("done\r\n");
    }

    @Test
    void who_is_not_known_is_told_by_the_exit_code() throws Exception {
        assertThat(sendmail("Subject: x\n\nx\n", "nobody@here.test"))
                .startsWith("67 ")
                .contains("5.1.1");
        assertThat(sendmail("Subject: x\n\nx\n", "-i")).startsWith("64 ");
    }

    /** {@code sendmail -bs}, as some programs prefer it. */
    @Test
    void program_may_speak_smtp_itself() throws Exception {
        var reader = new MailClient(server.account("smtp-reader"));
        var said = sendmail(
                "EHLO me\r\nMAIL FROM:<robot@here.test>\r\nRCPT TO:<smtp-reader@here.test>\r\nDATA\r\n"
                        + "Subject: by hand\r\n\r\nx\r\n.\r\nQUIT\r\n",
                "-bs");
        assertThat(said).startsWith("0 220 ").contains("354 ");
        assertThat(last(reader)).contains("Subject: by hand");
    }
}
