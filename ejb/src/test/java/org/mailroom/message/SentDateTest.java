package org.mailroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentDateTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Fri, 21 Nov 1997 09:55:06 -0600       | 1997-11-21T09:55:06-06:00
            21 Nov 97 09:55:06 GMT                | 1997-11-21T09:55:06Z
            Thu, 13 Feb 1969 23:32 -0330 (Newf.)  | 1969-02-13T23:32:00-03:30
            Fri, 21 Nov 1997 09(comment):55       | 1997-11-21T00:00:00Z
            1 Jan 2024                            | 2024-01-01T00:00:00Z
            1 Jan 2024 24:00:00 +0000             | 2024-01-01T00:00:00Z
            1 Jan 2024 10.30.00 +0000             | 2024-01-01T00:00:00Z
            9.3 1 Jan 2024 -0500                  | 2024-01-01T00:00:00-05:00
            1 Jan 2024 10:60 +0100                | 2024-01-01T00:00:00+01:00
            1 Jan 2024 10:30:xx EST               | 2024-01-01T00:00:00-05:00
            31 Feb 2024 24:00:00 +0000            |
            Jan 2024                              |
            1 Jan 03 00:00:60 EST                 | 2003-01-01T00:00:59-05:00
            Fri Nov 21 09:55:06 1997              | 1997-11-21T09:55:06Z
            Fri, 21-Nov-1997 09:55:06 +0100       | 1997-11-21T09:55:06+01:00
            Fri, 31 Feb 1997 09:55:06 +0100       |
            Mon, 01 Jan 2024 10:00:00 +9900       | 2024-01-01T10:00:00Z
            yesterday                             |
            """)
    void dates_are_read_as_they_are_written(String field, OffsetDateTime date) {
        assertThat(SentDate.parse(field)).isEqualTo(date);
    }

    @Test
    void garbage_is_no_date() {
        assertThat(SentDate.parse("-1-1--1:::+")).isNull();
        assertThat(SentDate.parse("")).isNull();
        assertThat(SentDate.parse("(((((")).isNull();
    }
}
