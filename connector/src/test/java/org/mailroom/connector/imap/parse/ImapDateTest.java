package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapDateTest {
    @ParameterizedTest
    @CsvSource({
        "\" 7-Feb-1994 21:52:25 -0800\", 1994-02-08T05:52:25Z, \" 8-Feb-1994 05:52:25 +0000\"",
        "\"17-Jul-1996 02:44:25 -0700\", 1996-07-17T09:44:25Z, \"17-Jul-1996 09:44:25 +0000\"",
        "\"1-jan-2026 00:00:00 +0000\", 2026-01-01T00:00:00Z, \" 1-Jan-2026 00:00:00 +0000\""
    })
    void times(String text, Instant time, String told) throws BadSyntax {
        assertThat(ImapDate.time(new Arguments(Frame.of(text)))).isEqualTo(time);
        assertThat("\"" + ImapDate.format(time) + "\"").isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"1-Feb-1994, 1994-02-01", "\"01-FEB-1994\", 1994-02-01", "31-Dec-2026, 2026-12-31"})
    void days(String text, LocalDate day) throws BadSyntax {
        assertThat(ImapDate.day(new Arguments(Frame.of(text)))).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-Feb-999999999", "1-Feb--100", "1-Feb-94", "Feb-1-1994"})
    void what_is_no_day(String text) {
        assertThatThrownBy(() -> ImapDate.day(new Arguments(Frame.of(text)))).isInstanceOf(BadSyntax.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\" 7-Feb-+999999999 21:52:25 +0000\"",
                "\"\"",
                "\"x\"",
                "\"32-Jan-2026 00:00:00 +0000\"",
                "\" 7-Feb-1994 21:52:25\"",
                "7-Feb-1994"
            })
    void what_is_no_time(String text) {
        assertThatThrownBy(() -> ImapDate.time(new Arguments(Frame.of(text)))).isInstanceOf(BadSyntax.class);
    }
}
