package org.mailroom.sendmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs say to sendmail, and what it makes of it. The system tests have it talk to a server. */
class SendmailTest {
    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Draft draft(String text, boolean dotIsText) throws Exception {
        return Draft.read(in(text), dotIsText);
    }

    private static String sent(Draft draft) {
        return new String(draft.octets("me@here.test"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void options_are_those_of_sendmail() throws Exception {
        var options = Options.parse(List.of(
                "-oi",
                "-t",
                "-f",
                "<me@here.test>",
                "-FMe",
                "-N",
                "success,delay",
                "-Rhdrs",
                "-VE1",
                "-oem",
                "-B8BITMIME",
                "a@there.test,b@there.test"));
        assertThat(options.dotIsText).isTrue();
        assertThat(options.recipientsFromHeader).isTrue();
        assertThat(options.sender).isEqualTo("me@here.test");
        assertThat(options.name).isEqualTo("Me");
        assertThat(options.notify).isEqualTo("SUCCESS,DELAY");
        assertThat(options.ret).isEqualTo("HDRS");
        assertThat(options.envelopeId).isEqualTo("E1");
        assertThat(options.recipients).containsExactly("a@there.test", "b@there.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "-bd", "-Nalways", "-Rall"})
    void what_makes_no_sense_is_a_usage_error(String word) {
        assertThatThrownBy(() -> Options.parse(List.of(word)))
                .isInstanceOfSatisfying(
                        SendmailException.class, e -> assertThat(e.exit()).isEqualTo(Exit.USAGE));
    }

    @Test
    void recipients_are_read_from_the_header_and_bcc_is_not_sent() throws Exception {
        var draft = draft(
                "To: \"A, B\" <a@there.test>, c@there.test (see)\nCc: team: d@there.test, <@x:e@there.test>;\n"
                        + "Bcc: f@there.test\nSubject: x\n y\n\ntext\n",
                true);
        assertThat(draft.recipients())
                .containsExactly("a@there.test", "c@there.test", "d@there.test", "e@there.test", "f@there.test");
        assertThat(sent(draft))
                .startsWith("From: me@here.test\r\nTo: ")
                .doesNotContain("f@there.test")
                .endsWith("Subject: x\r\n y\r\n\r\ntext\r\n");
    }

    /** As cron has it: nobody but the account may be the author, and whom the program named stays readable. */
    @Test
    void author_without_an_address_becomes_a_name() throws Exception {
        var draft = draft("From: root (Cron Daemon)\nSubject: x\n\ntext\n", true);
        assertThat(draft.bareAuthor()).isEqualTo("root (Cron Daemon)");
        assertThat(sent(draft)).isEqualTo("From: me@here.test\r\nSubject: x\r\n\r\ntext\r\n");
        assertThat(draft("From: me@here.test\n\nx\n", true).bareAuthor()).isEmpty();
    }

    @Test
    void a_dot_alone_ends_the_message_unless_it_is_text() throws Exception {
        assertThat(sent(draft("Subject: x\n\none\n.\ntwo\n", false))).endsWith("\r\n\r\none\r\n");
        assertThat(sent(draft("Subject: x\n\none\n.\ntwo\n", true))).endsWith("\r\n\r\none\r\n.\r\ntwo\r\n");
    }

    @Test
    void a_text_without_a_header_is_sent_as_text() throws Exception {
        assertThat(sent(draft("just words\nFrom: nobody\n", true)))
                .isEqualTo("From: me@here.test\r\n\r\njust words\r\nFrom: nobody\r\n");
    }

    @Test
    void replies_become_the_codes_of_sysexits() {
        assertThat(Exit.of(451)).isEqualTo(Exit.TRY_AGAIN);
        assertThat(Exit.of(550).code()).isEqualTo(67);
        assertThat(Exit.of(554).code()).isEqualTo(77);
    }

    @Test
    void without_recipients_nothing_is_sent() {
        var err = new ByteArrayOutputStream();
        int code = Sendmail.run(List.of("-i"), in("x\n"), System.out, new PrintStream(err));
        assertThat(code).isEqualTo(64);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no recipients");
    }
}
