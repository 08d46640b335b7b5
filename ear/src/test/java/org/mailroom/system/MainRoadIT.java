package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailroom.FreePort;
import org.mailroom.system.MailClient.Security;

/** Mail comes in, is kept, is read, and goes out. */
class MainRoadIT {
    private final Mailroom server = Mailroom.server();

    @ParameterizedTest
    @EnumSource(Security.class)
    void a_user_sends_and_another_reads_by_imap_and_by_pop3(Security security) throws Exception {
        var alice = new MailClient(server.account("alice"));
        var name = "bob-" + security.name().toLowerCase(java.util.Locale.ROOT);
        var bob = new MailClient(server.account(name));
        alice.submit(
                security,
                name + "@here.test",
                "From: alice@here.test\r\nTo: b\r\nSubject: hello\r\n\r\n.dot\r\nhi\r\n");
        try (var store = bob.imap(security);
                var inbox = MailClient.inbox(store)) {
            var message = inbox.getMessage(1);
            assertThat(message.getSubject()).isEqualTo("hello");
            assertThat(MailClient.text(message))
                    .startsWith("Return-Path: <alice@here.test>\r\nReceived: from ")
                    .endsWith("\r\n\r\n.dot\r\nhi\r\n");
            assertThat(message.getSize()).isEqualTo(MailClient.octets(message).length);
        }
        try (var store = bob.pop3(security);
                var inbox = MailClient.inbox(store)) {
            var message = inbox.getMessage(1);
            assertThat(MailClient.text(message)).endsWith("\r\n\r\n.dot\r\nhi\r\n");
            message.setFlag(Flags.Flag.DELETED, true);
        }
        assertThat(bob.count()).isZero();
    }

    @Test
    void a_stranger_reaches_our_users_and_nobody_else() throws Exception {
        server.account("carol");
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO there.test"));
            telnet.expect("250 2.1.0", telnet.smtp("MAIL FROM:<stranger@there.test>"));
            telnet.expect("250 2.1.5", telnet.smtp("RCPT TO:<Carol@HERE.test>"));
            telnet.expect("550 5.1.1", telnet.smtp("RCPT TO:<nobody@here.test>"));
            for (var relay : new String[] {
                "<x@elsewhere.test>",
                "<postmaster@elsewhere.test>",
                "<abuse@elsewhere.test>",
                "<@here.test:x@elsewhere.test>"
            }) {
                telnet.expect("550 5.7.1", telnet.smtp("RCPT TO:" + relay));
            }
            for (var trick : new String[] {
                "<x%elsewhere.test@here.test>", "<elsewhere.test!x@here.test>", "<\"x@elsewhere.test\"@here.test>"
            }) {
                telnet.expect("55", telnet.smtp("RCPT TO:" + trick));
            }
            telnet.expect("354 ", telnet.smtp("DATA"));
            telnet.raw("Subject: from outside\r\n\r\ntext\r\n.\r\n");
            assertThat(telnet.reply()).matches("250 2\\.0\\.0 .*[0-9A-Z]{8,}.*");
            telnet.expect("221 ", telnet.smtp("QUIT"));
        }
        assertThat(new MailClient("carol@here.test").count()).isEqualTo(1);
    }

    @Test
    void a_reader_who_waits_is_told_at_once_and_sessions_see_each_other() throws Exception {
        var dave = server.account("dave");
        try (var idle = login(dave);
                var other = login(dave)) {
            idle.imap("a2", "SELECT INBOX");
            other.imap("b2", "SELECT INBOX");
            idle.raw("a3 IDLE\r\n");
            idle.expect("+ ", idle.line());
            deliver(dave, "one");
            idle.expect("* 1 EXISTS", idle.line());
            assertThat(other.imap("b3", "NOOP")).contains("* 1 EXISTS");
            other.imap("b4", "STORE 1 +FLAGS (\\Seen $Forwarded)");
            String line = idle.line();
            while (!line.contains("FETCH")) {
                line = idle.line();
            }
            assertThat(line).contains("\\Seen").contains("$Forwarded");
        }
    }

    @Test
    void mail_to_a_remote_domain_takes_the_route() throws Exception {
        var erin = new MailClient(server.account("erin"));
        try (var sink = RemoteServer.sink()) {
            server.route("remote.test", sink.port());
            erin.submit(
                    Security.STARTTLS, "somebody@remote.test", "From: erin@here.test\r\nSubject: out\r\n\r\nbye\r\n");
            eventually(
                    "the sink has it",
                    Duration.ofSeconds(30),
                    () -> sink.messages().size() == 1);
            assertThat(sink.messages().getFirst())
                    .startsWith("Received: ")
                    .doesNotContain("Return-Path")
                    .endsWith("\r\n\r\nbye\r\n");
        }
    }

    @Test
    void a_refusal_comes_back_as_a_bounce() throws Exception {
        var frank = new MailClient(server.account("frank"));
        try (var remote = RemoteServer.answering("550 5.1.1 never heard of him")) {
            server.route("refusing.test", remote.port());
            frank.submit(
                    Security.STARTTLS, "gone@refusing.test", "From: frank@here.test\r\nSubject: lost\r\n\r\nx\r\n");
            eventually("a bounce", Duration.ofSeconds(30), () -> frank.count() == 1);
        }
        try (var store = frank.imap(Security.TLS);
                var inbox = MailClient.inbox(store)) {
            assertThat(MailClient.text(inbox.getMessage(1)))
                    .startsWith("Return-Path: <>\r\n")
                    .contains("multipart/report")
                    .contains("message/delivery-status")
                    .contains("gone@refusing.test")
                    .contains("never heard of him")
                    .contains("Subject: lost");
        }
    }

    @Test
    void a_deferred_message_is_tried_again() throws Exception {
        var gina = new MailClient(server.account("gina"));
        int port = FreePort.next();
        server.route("late.test", port);
        gina.submit(Security.STARTTLS, "x@late.test", "From: gina@here.test\r\nSubject: later\r\n\r\nx\r\n");
        eventually(
                "the queue says why",
                Duration.ofSeconds(30),
                () -> server.api("GET", "/queue", "").body().contains("late.test"));
        try (var sink = RemoteServer.sink()) {
            server.route("late.test", sink.port());
            eventually(
                    "delivered later",
                    Duration.ofSeconds(60),
                    () -> sink.messages().size() == 1);
        }
    }

    @Test
    void folders_flags_and_uids_work_as_a_mail_program_needs_them() throws Exception {
        var heidi = server.account("heidi");
        deliver(heidi, "first");
        deliver(heidi, "second");
        try (var store = new MailClient(heidi).imap(Security.TLS)) {
            var names = java.util.Arrays.stream(store.getDefaultFolder().list("*"))
                    .map(Folder::getFullName)
                    .toList();
            assertThat(names).contains("INBOX", "Sent", "Drafts", "Junk", "Trash", "Archive");
            var folder = store.getFolder("Projekte/Übung");
            assertThat(folder.create(Folder.HOLDS_MESSAGES)).isTrue();
            try (var inbox = MailClient.inbox(store)) {
                inbox.copyMessages(new jakarta.mail.Message[] {inbox.getMessage(1)}, folder);
                assertThat(folder.getMessageCount()).isEqualTo(1);
                assertThat(inbox.search(new jakarta.mail.search.SubjectTerm("second")))
                        .hasSize(1);
                inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
                inbox.expunge();
                assertThat(inbox.getMessageCount()).isEqualTo(1);
            }
        }
    }

    private Telnet login(String address) throws Exception {
        var telnet = new Telnet(server.port("imap"));
        telnet.expect("* OK", telnet.line());
        assertThat(telnet.imap("a1", "LOGIN " + address + " " + Mailroom.password(address)))
                .contains("a1 OK");
        return telnet;
    }

    private void deliver(String address, String subject) throws Exception {
        Smtp.deliver(server.port("smtp"), address, "Subject: " + subject + "\r\n\r\ntext\r\n");
    }
}
