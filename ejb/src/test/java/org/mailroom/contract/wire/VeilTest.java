package org.mailroom.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.contract.Protocol;

class VeilTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBMISSION | AUTH PLAIN AGEAYg==       | AUTH PLAIN ••••",
                "SUBMISSION | auth plain x              | auth plain ••••",
                "SUBMISSION | AUTH LOGIN                | AUTH LOGIN",
                "SMTP       | MAIL FROM:<a@b> SIZE=7    | MAIL FROM:<a@b> SIZE=7",
                "SMTP       | my-secret                 | ••••",
                "SMTP       | PASSWORD secret           | ••••",
                "POP3       | USER bob                  | USER bob",
                "POP3       | PASS my secret            | PASS ••••",
                "POP3       | APOP bob c4c9334bac560ecc | APOP ••••",
                "IMAP       | a1 LOGIN bob secret       | a1 LOGIN ••••",
                "IMAP       | LOGIN bob secret          | ••••",
                "IMAP       | a AUTHENTICATE PLAIN AA== | a AUTHENTICATE PLAIN ••••",
                "IMAP       | a UID FETCH 1:* FLAGS     | a UID FETCH 1:* FLAGS",
                "IMAP       | a UID SEARCH TEXT love    | a UID SEARCH ••••",
                "IMAP       | a APPEND INBOX {7}        | a APPEND ••••",
                "IMAP       | secret                    | ••••",
                "IMAP       | DONE                      | DONE"
            })
    void only_what_is_known_to_be_harmless_is_shown(Protocol protocol, String line, String shown) {
        assertThat(new Veil(protocol).sent(line)).isEqualTo(shown);
    }

    @Test
    void answers_to_a_challenge_are_hidden_and_nothing_after() {
        var veil = new Veil(Protocol.SUBMISSION);
        veil.sent("AUTH LOGIN");
        assertThat(veil.received("334 VXNlcm5hbWU6")).isEqualTo("334 ••••");
        assertThat(veil.sent("QUIT")).isEqualTo(Veil.HIDDEN);
        veil.received("334 UGFzc3dvcmQ6");
        assertThat(veil.sent("c2VjcmV0")).isEqualTo(Veil.HIDDEN);
        assertThat(veil.received("235 2.7.0 Welcome")).isEqualTo("235 2.7.0 Welcome");
        assertThat(veil.sent("NOOP")).isEqualTo("NOOP");
    }

    @Test
    void a_password_in_a_literal_is_hidden() {
        var veil = new Veil(Protocol.IMAP);
        assertThat(veil.sent("a LOGIN bob {6}")).isEqualTo("a LOGIN ••••");
        assertThat(veil.received("+ Ready for the literal")).isEqualTo("+ Ready for the literal");
        veil.received("* 5 EXISTS");
        assertThat(veil.sent("b NOOP")).isEqualTo(Veil.HIDDEN);
        assertThat(veil.sent("b NOOP")).isEqualTo("b NOOP");
    }

    @Test
    void end_of_idle_is_shown() {
        var veil = new Veil(Protocol.IMAP);
        veil.sent("a IDLE");
        veil.received("+ idling");
        assertThat(veil.sent("DONE")).isEqualTo("DONE");
    }

    @Test
    void values_of_annotations_are_hidden_and_what_comes_after_is_shown() {
        var veil = new Veil(Protocol.IMAP);
        assertThat(veil.received("* METADATA \"INBOX\" (/private/comment \"my secret\")"))
                .isEqualTo("* METADATA ••••");
        assertThat(veil.received("a OK GETMETADATA completed")).isEqualTo("a OK GETMETADATA completed");
        for (var line :
                new String[] {"* METADATA \"\" (/private/comment {12}", "two", "secrets /shared/comment {6}", "secret)"
                }) {
            assertThat(veil.received(line)).as(line).endsWith(Veil.HIDDEN).doesNotContain("secret");
        }
        assertThat(veil.received("b OK GETMETADATA completed")).isEqualTo("b OK GETMETADATA completed");
        assertThat(veil.received("* 5 EXISTS")).isEqualTo("* 5 EXISTS");
    }

    @Test
    void addresses_that_open_a_message_are_hidden() {
        var veil = new Veil(Protocol.IMAP);
        assertThat(veil.sent("a GENURLAUTH \"imap://ann@host/INBOX\" INTERNAL")).isEqualTo(Veil.HIDDEN);
        assertThat(veil.received("* GENURLAUTH \"imap://ann@host/INBOX;URLAUTH=x:internal:91354a\""))
                .isEqualTo("* GENURLAUTH ••••");
    }

    @Test
    void a_password_in_a_literal_that_nobody_waits_for_is_hidden() {
        var veil = new Veil(Protocol.IMAP);
        assertThat(veil.sent("a LOGIN bob {18+}")).isEqualTo("a LOGIN ••••");
        assertThat(veil.sent("x FETCH my password")).isEqualTo(Veil.HIDDEN);
        assertThat(veil.sent("b NOOP")).isEqualTo("b NOOP");
    }
}
