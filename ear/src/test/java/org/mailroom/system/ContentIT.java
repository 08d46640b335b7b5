package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.mail.Folder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spam and viruses, judged by the real rspamd and clamd; where they cannot be had, all of it is skipped, and the report says so. */
class ContentIT {
    private static final Mailroom SERVER = Mailroom.server();

    private static ContentCheckers checkers;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        checkers = new ContentCheckers(folder);
        checkers.start(SERVER.contentCheckerPort(), SERVER.virusCheckerPort());
        // Both were down until now, so the server may still be waiting for its next try.
        var first = SERVER.account("content-first");
        Eventually.eventually("both are asked", Duration.ofSeconds(60), () -> {
            deliver(first, "hello");
            var story = story(first);
            return story.contains("no action") && story.contains("\"clean\"");
        });
    }

    @AfterAll
    static void stop() {
        checkers.close();
    }

    /** All that the trace knows of the newest message for somebody. */
    private static String story(String recipient) {
        var found = SERVER.get("/trace?recipient=" + recipient).getJsonArray("rows");
        return found.isEmpty()
                ? ""
                : SERVER.api("GET", "/trace/" + found.getJsonObject(0).getString("queueId"), "")
                        .body();
    }

    /** The reply to the final dot. */
    private static String deliver(String to, String text) throws Exception {
        try (var telnet = new Telnet(SERVER.port("smtp"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO there.test"));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<stranger@there.test>"));
            telnet.expect("250 ", telnet.smtp("RCPT TO:<" + to + ">"));
            telnet.expect("354 ", telnet.smtp("DATA"));
            telnet.raw("Subject: a test\r\nMessage-ID: <" + System.nanoTime() + "@there.test>\r\n\r\n" + text + "\r\n");
            return telnet.smtp(".");
        }
    }

    @Test
    void gtube_is_refused_and_the_trace_names_rspamd() throws Exception {
        var who = SERVER.account("content-gtube");
        assertThat(deliver(who, ContentCheckers.GTUBE)).startsWith("550 5.7.1 ").containsIgnoringCase("gtube");
        Eventually.eventually(
                "it is traced", Duration.ofSeconds(10), () -> story(who).contains("rspamd"));
        assertThat(new MailClient(who).count()).isZero();
    }

    @Test
    void what_rspamd_marks_lies_in_junk_with_a_field_that_says_why() throws Exception {
        var who = SERVER.account("content-junk");
        assertThat(deliver(who, ContentCheckers.GTUBE_MARKED)).startsWith("250 ");
        assertThat(new MailClient(who).count()).isZero();
        try (var store = new MailClient(who).imap(MailClient.Security.TLS)) {
            var junk = store.getFolder("Junk");
            junk.open(Folder.READ_ONLY);
            assertThat(junk.getMessageCount()).isEqualTo(1);
            assertThat(junk.getMessage(1).getHeader("X-Spam-Status")[0])
                    .startsWith("Yes, rspamd: add header, score 6.00");
        }
    }

    @Test
    void eicar_waits_in_quarantine_until_it_is_released_or_deleted() throws Exception {
        var who = SERVER.account("content-virus");
        assertThat(deliver(who, ContentCheckers.EICAR)).startsWith("250 ");
        assertThat(deliver(who, ContentCheckers.EICAR)).startsWith("250 ");
        assertThat(new MailClient(who).count()).isZero();
        assertThat(SERVER.run("quarantine", "list")).contains(who, "clamav", "Eicar-Test");
        var kept = SERVER.get("/quarantine").getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .filter(entry -> entry.getJsonArray("recipients").toString().contains(who))
                .map(entry -> entry.getJsonNumber("id").toString())
                .toList();
        assertThat(kept).hasSize(2);
        assertThat(SERVER.run("quarantine", "show", kept.getFirst())).contains("Subject: a test");
        SERVER.run("quarantine", "release", kept.getFirst());
        SERVER.run("quarantine", "delete", kept.getLast());
        assertThat(new MailClient(who).count()).isEqualTo(1);
        assertThat(SERVER.execute("quarantine", "release", kept.getFirst()).code())
                .isNotZero();
    }

    @Test
    void a_user_of_ours_sends_no_virus_either() throws Exception {
        var who = SERVER.account("content-victim");
        var sender = SERVER.account("content-infected");
        new MailClient(sender)
                .submit(
                        MailClient.Security.STARTTLS,
                        who,
                        "From: " + sender + "\r\nSubject: x\r\n\r\n" + ContentCheckers.EICAR + "\r\n");
        assertThat(new MailClient(who).count()).isZero();
        assertThat(SERVER.run("quarantine", "list")).contains(sender);
    }
}
