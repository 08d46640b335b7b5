package org.mailroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.contract.MessageSource;

class SortingTest {
    /** RFC 5256 §2.1, §5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hello|hello|false",
                "Re: hello|hello|true",
                "RE: re: Fwd:  hello|hello|true",
                "Re [3]: hello|hello|true",
                "[list] Re: hello|hello|true",
                "Re: [list] hello|hello|true",
                "[list] hello|hello|false",
                "[list]|[list]|false",
                "hello (fwd)|hello|true",
                "hello (FWD) (fwd)|hello|true",
                "[Fwd: hello]|hello|true",
                "[fwd: Re: hello (fwd)]|hello|true",
                "Re: |''|true",
                "Regards|Regards|false",
                "Fw hello|Fw hello|false",
                "a\tb   c|a b c|false",
            })
    void replies_and_forwards_are_taken_off(String subject, String base, boolean reply) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base.equals("''") ? "" : base, reply));
    }

    @Test
    void a_hostile_subject_costs_no_time() {
        assertThat(BaseSubject.of("[a]".repeat(20_000) + "re").text()).isEqualTo("re");
        assertThat(BaseSubject.of("[fwd:".repeat(5_000) + "x" + "]".repeat(5_000))
                        .text())
                .isEqualTo("x");
    }

    @Test
    void addresses_names_and_references_are_kept_folded() {
        var sorting = parse("""
                From: =?utf-8?q?J=C3=BCrgen?= <Juergen@There.example>
                To: list: ann@here.example, bob@here.example;
                Subject: Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
                References: <a@x> <b@x>
                 <b@x> <c@x>
                In-Reply-To: <z@x>

                """).sorting();
        assertThat(sorting.from()).isEqualTo("JUERGEN");
        assertThat(sorting.displayFrom()).isEqualTo(Casemap.fold("jürgen"));
        assertThat(sorting.to()).isEqualTo("ANN");
        assertThat(sorting.displayTo()).isEqualTo("ANN@HERE.EXAMPLE");
        assertThat(sorting.cc()).isEmpty();
        assertThat(sorting.baseSubject()).isEqualTo(Casemap.fold("Grüße"));
        assertThat(sorting.reply()).isTrue();
        assertThat(sorting.references()).containsExactly("a@x", "b@x", "c@x");
    }

    /** RFC 5256 §3, RFC 5957 §3: an address without a domain has a mailbox and a name as every other has. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "zed@x.y|ZED|ZED@X.Y",
                "root|ROOT|ROOT",
                "Cron Daemon <root>|ROOT|CRON DAEMON",
                "adam@x.y|ADAM|ADAM@X.Y",
                "\"Bob, B\" <q@x.y>|Q|BOB, B",
                "Nobody <>, adam@x.y|''|NOBODY",
                "root, adam@x.y|ROOT|ROOT",
                "crew: adam@x.y;|ADAM|ADAM@X.Y",
                "nobody:;|''|''",
            })
    void the_first_address_counts_also_without_a_domain(String field, String mailbox, String display) {
        var sorting = parse("From: " + field + "\nTo: " + field + "\nCc: " + field + "\n\n")
                .sorting();
        assertThat(List.of(sorting.from(), sorting.to(), sorting.cc())).containsOnly(mailbox);
        assertThat(List.of(sorting.displayFrom(), sorting.displayTo())).containsOnly(display);
    }

    /** Nobody could answer to it: who is shown has a domain. */
    @Test
    void the_sender_that_people_are_shown_has_a_domain() {
        assertThat(parse("From: root, adam@x.y\n\n").from()).isEqualTo("adam@x.y");
    }

    @Test
    void answers_belong_to_the_conversation_of_the_first_message() {
        long root = parse("Message-ID: <a@x>\n\n").sorting().thread();
        assertThat(parse("Message-ID: <b@x>\nIn-Reply-To: <a@x>\n\n").sorting().thread())
                .isEqualTo(root);
        assertThat(parse("Message-ID: <c@x>\nReferences: <a@x> <b@x>\n\n")
                        .sorting()
                        .thread())
                .isEqualTo(root);
        assertThat(parse("Message-ID: <d@x>\n\n").sorting().thread()).isNotEqualTo(root);
    }

    /** RFC 5256 §3: quoting makes no other Message-ID. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "<01KF8JCEOCBS0045PS@xxx.yyy.com>|01KF8JCEOCBS0045PS@xxx.yyy.com",
                "<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>|01KF8JCEOCBS0045PS@xxx.yyy.com",
                "<\"01KF8JCE\\OCBS0045PS\"@xxx.yyy.com>|01KF8JCEOCBS0045PS@xxx.yyy.com",
                "<\"a.b\"@x>|a.b@x",
                "<\"a..b\"@x>|\"a..b\"@x",
                "<\".\"@x>|\".\"@x",
                "<\"a>b\"@x>|\"a>b\"@x",
                "<\"\\a\\ \\\"b\"@x>|\"a \\\"b\"@x",
                "<\"\"@x>|\"\"@x",
                "<\"a@x>|\"a@x",
                "<a\"@x>|a\"@x",
                "<\"a\">|\"a\"",
            })
    void a_message_id_is_the_same_however_it_is_quoted(String written, String id) {
        assertThat(parse("Message-ID: " + written + "\n\n").messageId()).isEqualTo(id);
        assertThat(parse("References: <r@x> " + written + " <s@x>\n\n")
                        .sorting()
                        .references())
                .containsExactly("r@x", id, "s@x");
        assertThat(parse("In-Reply-To: " + written + "\n\n").sorting().references())
                .containsExactly(id);
    }

    @Test
    void a_message_id_is_shown_as_it_was_written() {
        var envelope = parse("Message-ID: <\"a\"@x>\n\n").envelope();
        assertThat(new String(envelope, StandardCharsets.UTF_8)).endsWith(" \"<\\\"a\\\"@x>\")");
    }

    @Test
    void of_very_many_references_the_root_and_the_last_are_kept() {
        var many = new StringBuilder("References:");
        for (int i = 0; i < 500; i++) {
            many.append("\n <").append(i).append("@x>");
        }
        assertThat(parse(many + "\n\n").sorting().references())
                .hasSize(100)
                .startsWith("0@x")
                .endsWith("499@x");
    }

    @Test
    void a_preview_is_the_first_words_without_what_is_quoted() {
        assertThat(preview("Content-Type: text/plain\n\n> you wrote\n\nThank   you,\nvery much\n"))
                .isEqualTo("Thank you, very much");
        assertThat(preview(
                        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nR3LDvMOfZQ==\n"))
                .isEqualTo("Grüße");
        assertThat(preview("Content-Type: text/html\n\n<html><head><title>no</title></head><style>p{}</style>"
                        + "<p>Hello <b>you</b> &amp; me<!-- x -->"))
                .isEqualTo("Hello you & me");
        assertThat(preview("Content-Type: image/png\n\nxyz")).isEmpty();
        assertThat(preview("\n" + "word ".repeat(100))).hasSizeLessThanOrEqualTo(200);
    }

    private static String preview(String message) {
        var octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return Preview.of(MessageParser.parse(MessageSource.of(octets)).parts(), octets);
    }

    private static ParsedMessage parse(String message) {
        return MessageParser.parse(
                MessageSource.of(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }
}
