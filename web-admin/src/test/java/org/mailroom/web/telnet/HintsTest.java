package org.mailroom.web.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "250-PIPELINING                           |",
                "250 HELP                                 | 250",
                "354                                      | 354",
                "550 5.1.1 No such mailbox                | 550,1.1",
                "+OK ready                                |",
                "-ERR [IN-USE] busy                       | ERR,IN-USE",
                "-ERR [SYS/TEMP] later                    | ERR,SYS",
                "-ERR no                                  | ERR",
                "* OK [CAPABILITY IMAP4rev2] ready        |",
                "* BYE see you                            | BYE",
                "a NO [AUTHENTICATIONFAILED] wrong        | NO,AUTHENTICATIONFAILED",
                "a BAD what                               | BAD"
            })
    void reply_is_explained_by_its_codes(String reply, String keys) {
        assertThat(Hints.keys(reply)).isEqualTo(keys == null ? List.of() : List.of(keys.split(",")));
    }
}
