package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POP3 as the programs of others speak it; see {@link Program}. */
class Pop3ClientsIT {
    private final Mailroom server = Mailroom.server();

    @TempDir
    private Path folder;

    @Test
    void fetchmail_takes_all_and_leaves_nothing() throws Exception {
        var who = account("fetchmail");
        deliver(who, 3);
        var rc = secret(
                "fetchmailrc", """
                poll 127.0.0.1 protocol pop3 service %d username "%s" password "%s" sslproto "" nokeep fetchall
                  mda "cat >> %s"
                """.formatted(server.port("pop3"), who, Mailroom.password(who), folder.resolve("mbox")));
        run("fetchmail", "-f", rc, "--pidfile", folder.resolve("pid"), "--idfile", folder.resolve("ids"));
        assertThat(Files.readString(folder.resolve("mbox"))).contains("number 1", "number 2", "number 3");
        assertThat(new MailClient(who).count()).isZero();
    }

    @Test
    void fetchmail_that_keeps_finds_by_uidl_what_is_new() throws Exception {
        var who = account("fetchmail-keep");
        deliver(who, 2);
        var rc = secret(
                "fetchmailrc", """
                poll 127.0.0.1 protocol pop3 service %d uidl username "%s" password "%s" sslproto "" keep
                  mda "cat >> %s"
                """.formatted(server.port("pop3"), who, Mailroom.password(who), folder.resolve("mbox")));
        var command = new Object[] {"-f", rc, "--pidfile", folder.resolve("pid"), "--idfile", folder.resolve("ids")};
        run("fetchmail", command);
        deliver(who, 1);
        run("fetchmail", command);
        assertThat(Files.readString(folder.resolve("mbox")).split("Subject: number", -1))
                .hasSize(4);
        assertThat(new MailClient(who).count()).isEqualTo(3);
    }

    @Test
    void getmail_takes_by_tls_what_it_has_not_seen() throws Exception {
        var who = account("getmail");
        deliver(who, 2);
        // Into a file by a command, because getmail writes no mailbox as root.
        var mbox = folder.resolve("mbox");
        secret("getmailrc", """
                [retriever]
                type = SimplePOP3SSLRetriever
                server = 127.0.0.1
                port = %d
                username = %s
                password = %s
                [destination]
                type = MDA_external
                path = /usr/bin/tee
                arguments = ("-a", "%s")
                allow_root_commands = true
                [options]
                delete = false
                read_all = false
                """.formatted(server.port("pop3s"), who, Mailroom.password(who), mbox));
        run("getmail", "--getmaildir", folder, "--rcfile", "getmailrc");
        deliver(who, 1);
        run("getmail", "--getmaildir", folder, "--rcfile", "getmailrc");
        assertThat(Files.readString(mbox).split("Subject: number", -1)).hasSize(4);
    }

    @Test
    void curl_lists_reads_and_deletes() throws Exception {
        var who = account("curl");
        deliver(who, 2);
        var url = "pop3s://127.0.0.1:" + server.port("pop3s") + "/";
        var login = secret("netrc", "machine 127.0.0.1 login %s password %s\n".formatted(who, Mailroom.password(who)));
        assertThat(run("curl", "-sSk", "--netrc-file", login, url).lines().filter(line -> !line.isBlank()))
                .hasSize(2);
        assertThat(run("curl", "-sSk", "--netrc-file", login, url + "2")).contains("Subject: number 2");
        run("curl", "-sSk", "--netrc-file", login, "-X", "DELE 1", "-I", url);
        assertThat(new MailClient(who).count()).isEqualTo(1);
    }

    @Test
    void mutt_opens_the_maildrop() throws Exception {
        var who = account("mutt");
        deliver(who, 2);
        var rc = secret("muttrc", """
                set pop_user="%s" pop_pass="%s" ssl_starttls=no ssl_force_tls=no pop_authenticators="user" pop_checkinterval=1
                set pop_delete=no pop_last=no spoolfile="%s" mbox_type=mbox folder="%s" move=no
                set pop_host="pop://127.0.0.1:%d"
                push "<fetch-mail><sync-mailbox><quit>"
                """.formatted(
                        who, Mailroom.password(who), folder.resolve("spool"), folder, server.port("pop3")));
        Files.createFile(folder.resolve("spool"));
        Program.installed("mutt");
        // mutt draws on a terminal, so it gets one.
        run("script", "-qec", "TERM=vt100 mutt -F " + rc, "/dev/null");
        assertThat(Files.readString(folder.resolve("spool"))).contains("number 1", "number 2");
    }

    @Test
    void a_policy_set_by_command_is_announced_and_obeyed() throws Exception {
        var who = account("policy");
        deliver(who, 2);
        server.run("pop-policy", "set", who, "--expire", "on-fetch");
        assertThat(server.run("pop-policy", "show", who)).contains("on-fetch");
        assertThat(server.run("pop-policy", "list")).contains(who);
        try (var pop3 = new Telnet(server.port("pop3"))) {
            pop3.line();
            pop3.raw("USER " + who + "\r\nPASS " + Mailroom.password(who) + "\r\nCAPA\r\n");
            pop3.line();
            pop3.expect("+OK 2 messages", pop3.line());
            var capabilities = new StringBuilder();
            for (var line = pop3.line(); !line.equals("."); line = pop3.line()) {
                capabilities.append(line).append('\n');
            }
            assertThat(capabilities).contains("EXPIRE 0\n");
            pop3.raw("RETR 1\r\nQUIT\r\n");
            var line = pop3.line();
            while (!line.equals("+OK Bye")) {
                line = pop3.line();
            }
        }
        assertThat(new MailClient(who).count()).isEqualTo(1);
        assertThat(server.api("GET", "/trace?recipient=" + who, "").body()).contains("\"removed\"");
        server.run("pop-policy", "clear", who);
        assertThat(server.run("pop-policy", "show", who)).contains("never");
    }

    @Test
    void a_maildrop_is_free_again_when_the_connection_of_its_session_drops() throws Exception {
        var who = account("in-use");
        deliver(who, 1);
        try (var first = login(who);
                var second = new Telnet(server.port("pop3"))) {
            first.expect("+OK 1 ", first.line());
            first.raw("DELE 1\r\n");
            first.expect("+OK", first.line());
            second.line();
            second.raw("USER " + who + "\r\nPASS " + Mailroom.password(who) + "\r\n");
            second.line();
            second.expect("-ERR [IN-USE]", second.line());
        }
        eventually("the lock is released", Duration.ofSeconds(10), () -> {
            try (var again = login(who)) {
                return again.line().startsWith("+OK 1 "); // and nothing was deleted
            }
        });
    }

    /** Up to the reply to PASS, which is not read. */
    private Telnet login(String who) throws Exception {
        var pop3 = new Telnet(server.port("pop3"));
        pop3.line();
        pop3.raw("USER " + who + "\r\nPASS " + Mailroom.password(who) + "\r\n");
        pop3.line();
        return pop3;
    }

    private String account(String name) {
        return server.account("pop-" + name);
    }

    private void deliver(String who, int count) throws Exception {
        int before = new MailClient(who).count();
        for (int i = 1; i <= count; i++) {
            new MailClient(who)
                    .submit(
                            MailClient.Security.STARTTLS,
                            who,
                            "From: " + who + "\r\nTo: " + who + "\r\nSubject: number " + (before + i)
                                    + "\r\n\r\nhi\r\n");
        }
        assertThat(new MailClient(who).count()).isEqualTo(before + count);
    }

    private Path secret(String name, String text) throws Exception {
        return new Program(folder).secret(name, text);
    }

    private String run(String program, Object... arguments) throws Exception {
        return new Program(folder).run(program, arguments);
    }
}
