package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What POP3 leaves, shows and says, as a policy of a domain or an account has it that was typed by an administrator. */
class Pop3PolicyIT {
    private final Mailroom server = Mailroom.server();

    private Telnet connected() throws Exception {
        var pop3 = new Telnet(server.port("pop3"));
        pop3.expect("+OK", pop3.line());
        return pop3;
    }

    private static String say(Telnet pop3, String command) throws Exception {
        pop3.raw(command + "\r\n");
        return pop3.line();
    }

    private static List<String> lines(Telnet pop3, String command) throws Exception {
        pop3.expect("+OK", say(pop3, command));
        var lines = new ArrayList<String>();
        for (var line = pop3.line(); !line.equals("."); line = pop3.line()) {
            lines.add(line);
        }
        return lines;
    }

    /** @param messages that the maildrop shows */
    private Telnet login(String who, int messages) throws Exception {
        var pop3 = connected();
        say(pop3, "USER " + who);
        pop3.expect("+OK " + messages + " messages", say(pop3, "PASS " + Mailroom.password(who)));
        return pop3;
    }

    private String accountOf(String domain, String name) {
        server.run("domain", "add", domain);
        var address = name + "@" + domain;
        var body = "{\"address\":\"" + address + "\",\"password\":\"" + Mailroom.password(address) + "\"}";
        assertThat(server.api("POST", "/accounts", body).statusCode()).isBetween(200, 201);
        return address;
    }

    private void deliver(String who, int number) throws Exception {
        Smtp.deliver(server.port("smtp"), who, "Subject: number " + number + "\r\n\r\nhi\r\n");
    }

    @Test
    void the_policy_of_the_domain_holds_where_the_account_has_none_and_capa_announces_it_rfc2449_6_7()
            throws Exception {
        var ann = accountOf("pop.test", "ann");
        var ben = accountOf("pop.test", "ben");
        assertThat(server.run("pop-policy", "set", "pop.test", "--expire", "14-days-after-fetch"))
                .contains("14-days-after-fetch");
        server.run("pop-policy", "set", ben, "--expire", "90-days");
        try (var pop3 = connected()) {
            // The shortest that anybody has.
            assertThat(lines(pop3, "CAPA")).anyMatch(line -> line.matches("EXPIRE ([0-9]|1[0-4]) USER"));
        }
        try (var pop3 = login(ann, 0)) {
            assertThat(lines(pop3, "CAPA")).contains("EXPIRE 14");
        }
        try (var pop3 = login(ben, 0)) {
            assertThat(lines(pop3, "CAPA")).contains("EXPIRE 90");
        }
        assertThat(server.run("pop-policy", "show", ann)).contains("14-days-after-fetch");
        server.run("pop-policy", "clear", "pop.test");
        assertThat(server.run("pop-policy", "show", ann)).contains("never");
        assertThat(server.execute("pop-policy", "set", ann, "--expire", "soon").code())
                .isNotZero();
        assertThat(server.execute("pop-policy", "set", "nobody@pop.test", "--show", "all")
                        .code())
                .isNotZero();
    }

    @Test
    void what_was_read_elsewhere_is_kept_from_pop3_and_what_pop3_fetched_counts_as_read() throws Exception {
        var who = server.account("pop-unseen");
        for (int number = 1; number <= 3; number++) {
            deliver(who, number);
        }
        server.run("pop-policy", "set", who, "--show", "unseen", "--mark-seen", "true");
        assertThat(server.run("pop-policy", "list")).contains(who, "unseen", "true");
        try (var store = new MailClient(who).imap(MailClient.Security.NONE);
                var inbox = MailClient.inbox(store)) {
            inbox.getMessage(2).setFlag(Flags.Flag.SEEN, true);
        }
        try (var pop3 = login(who, 2)) {
            assertThat(lines(pop3, "TOP 1 0")).contains("Subject: number 1");
            assertThat(lines(pop3, "RETR 2")).contains("Subject: number 3");
            assertThat(say(pop3, "QUIT")).startsWith("+OK");
        }
        try (var store = new MailClient(who).imap(MailClient.Security.NONE);
                var inbox = MailClient.inbox(store)) {
            assertThat(inbox.getMessage(1).isSet(Flags.Flag.SEEN)).isFalse();
            assertThat(inbox.getMessage(3).isSet(Flags.Flag.SEEN)).isTrue();
        }
        login(who, 1).close();
        server.run("pop-policy", "set", who, "--show", "all");
        login(who, 3).close();
    }

    @Test
    void languages_and_headers_beyond_ascii_rfc6856() throws Exception {
        var who = server.account("pop-utf8");
        Smtp.deliver(
                server.port("smtp"),
                who,
                "Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (var pop3 = connected()) {
            assertThat(lines(pop3, "LANG")).contains("en English", "de Deutsch");
            assertThat(say(pop3, "LANG de")).startsWith("+OK de ");
            assertThat(say(pop3, "LANG uga")).startsWith("-ERR Diese Sprache");
            assertThat(say(pop3, "UTF8")).startsWith("+OK");
            say(pop3, "USER " + who);
            assertThat(say(pop3, "PASS " + Mailroom.password(who))).startsWith("+OK 1 ");
            // As Latin 1 reads UTF-8.
            assertThat(lines(pop3, "TOP 1 0")).contains("Subject: Gr\u00c3\u00bc\u00c3\u009fe");
        }
        try (var pop3 = login(who, 1)) {
            assertThat(lines(pop3, "TOP 1 0")).contains("Subject: =?UTF-8?B?R3LDvMOfZQ==?=");
        }
    }
}
