package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules on mail and lists of senders and recipients, as an administrator types them, and what comes of them. */
class PolicyCommandIT {
    private static final Mailroom SERVER = Mailroom.server();

    /** The reply to the final dot, or to the RCPT that was refused. */
    private static String send(String from, String to, String message) throws Exception {
        try (var telnet = new Telnet(SERVER.port("smtp"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250", telnet.smtp("EHLO mta.strange.test"));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<" + from + ">"));
            var reply = telnet.smtp("RCPT TO:<" + to + ">");
            if (!reply.startsWith("250 ")) {
                return reply;
            }
            telnet.expect("354 ", telnet.smtp("DATA"));
            return telnet.smtp(message.replace("\n", "\r\n") + "\r\n.");
        }
    }

    private static String attachment(String name) {
        return """
                Subject: the picture
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b

                see there
                --b
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="%s"

                x
                --b--""".formatted(name);
    }

    /** The line of a table that begins so, without the blanks between its columns. */
    private static String row(String table, String word) {
        return Arrays.stream(table.split("\n"))
                .filter(line -> line.contains(word))
                .findFirst()
                .orElse("")
                .replaceAll(" +", " ")
                .strip();
    }

    @Test
    void a_rule_is_written_tried_on_past_mail_put_to_work_and_removed() throws Exception {
        var who = SERVER.account("ruled");
        assertThat(send("partner@ruled.test", who, "Subject: lottery 1\n\nx")).startsWith("250 ");
        assertThat(send("partner@ruled.test", who, "Subject: dinner\n\nx")).startsWith("250 ");
        var rule = new String[] {
            "policy", "add", "no-lottery", "--when", "sender is ruled.test", "--when",
                    "header:subject matches ^lottery",
            "--then", "refuse", "--reason", "No games here", "--position", "7", "--disabled"
        };
        assertThat(SERVER.run(rule)).contains("Rule no-lottery is added.");
        assertThat(row(SERVER.run("policy", "list"), "no-lottery"))
                .contains("7 no-lottery false refuse", "sender is ruled.test", "No games here");
        var run = SERVER.run("policy", "dry-run", "no-lottery", "--days", "1");
        assertThat(run)
                .containsPattern("rule no-lottery would have matched 1\\.")
                .contains("partner@ruled.test", who);
        assertThat(row(
                        SERVER.run("policy", "test", "--sender", "x@ruled.test", "--header", "Subject=Lottery!"),
                        "no-lottery"))
                .isEqualTo("no-lottery refuse false yes");
        assertThat(row(SERVER.run("policy", "test", "--sender", "x@ruled.test"), "no-lottery"))
                .contains("unknown", "header:subject matches ^lottery");
        assertThat(send("partner@ruled.test", who, "Subject: lottery 2\n\nx")).startsWith("250 ");

        var enabled = Arrays.copyOf(rule, rule.length - 1);
        assertThat(SERVER.run(enabled)).contains("Rule no-lottery is changed.");
        assertThat(send("partner@ruled.test", who, "Subject: lottery 3\n\nx"))
                .isEqualTo("550 5.7.1 No games here (rule no-lottery)");
        assertThat(SERVER.run("policy", "remove", "no-lottery")).contains("is removed");
        assertThat(send("partner@ruled.test", who, "Subject: lottery 4\n\nx")).startsWith("250 ");
        assertThat(new MailClient(who).count()).isEqualTo(4);
        assertThat(SERVER.execute("policy", "remove", "no-lottery").code()).isNotZero();
        var wrong = SERVER.execute("policy", "add", "wrong", "--when", "sender resembles x", "--then", "refuse");
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.output()).contains("is no condition such as");
    }

    @Test
    void a_rule_on_attachments_sets_aside_and_a_dry_run_says_what_it_cannot_tell() throws Exception {
        var who = SERVER.account("attached");
        SERVER.run(
                "policy",
                "add",
                "no-programs",
                "--when",
                "recipient is " + who,
                "--when",
                "attachment matches \\.(exe|scr|js)$",
                "--then",
                "quarantine");
        assertThat(send("a@ruled.test", who, attachment("x.exe"))).startsWith("250 ");
        assertThat(send("a@ruled.test", who, attachment("x.jpg"))).startsWith("250 ");
        assertThat(new MailClient(who).count()).isEqualTo(1);
        assertThat(SERVER.run("policy", "dry-run", "no-programs"))
                .contains("it does not answer: ", "attachment matches");
        var kept = row(SERVER.run("quarantine", "list"), who);
        assertThat(kept).contains("rule no-programs", "the picture");
        SERVER.run("policy", "remove", "no-programs");
        SERVER.run("quarantine", "release", kept.substring(0, kept.indexOf(' ')));
        assertThat(new MailClient(who).count()).isEqualTo(2);
    }

    @Test
    void a_list_says_no_for_all_and_the_nearest_owner_decides() throws Exception {
        var alice = SERVER.account("list-alice");
        var bob = SERVER.account("list-bob");
        var blocked = id(SERVER.run("list", "add", "sender", "blocked.test", "--block"));
        var allowed = id(SERVER.run("list", "add", "sender", "blocked.test", "--allow", "--for", alice));
        assertThat(SERVER.run("list", "show")).contains("blocked.test");
        assertThat(SERVER.run("list", "show", "--for", alice)).contains("blocked.test", alice);
        assertThat(send("x@blocked.test", bob, "x")).startsWith("550 5.7.1 ").contains("list of all");
        assertThat(send("x@blocked.test", alice, "x")).startsWith("250 ");
        SERVER.run("list", "remove", allowed);
        assertThat(send("x@blocked.test", alice, "x")).startsWith("550 5.7.1 ");
        SERVER.run("list", "remove", blocked);
        assertThat(send("x@blocked.test", bob, "x")).startsWith("250 ");
        assertThat(SERVER.execute("list", "remove", blocked).code()).isNotZero();
        assertThat(SERVER.execute("list", "add", "sender", "x.test").output()).contains("--allow", "--block");
    }

    private static String id(String said) {
        var number = Pattern.compile("Entry (\\d+) ").matcher(said);
        assertThat(number.find()).as(said).isTrue();
        return number.group(1);
    }
}
