package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1 kB",
        "1250000,1.3 MB",
        "123456789,123 MB",
        "9876543210,9.9 GB",
        "9223372036854775807,'9,223,372 TB'"
    })
    void size_is_shown_with_three_figures(long octets, String text) {
        assertThat(Octets.text(octets, Locale.ENGLISH)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "500 MB,500000000",
        "2GB,2000000000",
        "1.5 g,1500000000",
        "'1,5 GB',1500000000",
        "'1,500',1500",
        "'1,500 MB',1500000000",
        "'1,234.5 MB',1234500000",
        "1.500 GB,1500000000",
        "1000,1000",
        "7 b,7",
        "0,0"
    })
    void size_is_read_as_people_write_it(String text, long octets) {
        assertThat(Octets.parse(text, Locale.ENGLISH)).hasValue(octets);
    }

    @ParameterizedTest
    @CsvSource({"1.500,1500", "1.500 MB,1500000000", "'1.234,5 MB',1234500000", "'1,500 GB',1500000000"})
    void marks_mean_what_the_readers_language_says(String text, long octets) {
        assertThat(Octets.parse(text, Locale.GERMAN)).hasValue(octets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "much",
                "-5",
                "5 XB",
                "1e9",
                "999999999999999 TB",
                "9223372036854775808",
                "1 000",
                "1.500",
                "1.5",
                "10.5 B",
                "1.0005 kB",
                "0,001 GB",
                "1,50000 GB",
                "1,2345",
                "MB"
            })
    void what_is_no_size_is_refused(String text) {
        assertThat(Octets.parse(text, Locale.ENGLISH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1000, 1024, 500_000_000, 2_000_000_000L, Long.MAX_VALUE})
    void exact_size_comes_back(long octets) {
        assertThat(Octets.parse(Octets.exact(octets), Locale.GERMAN).orElse(octets))
                .isEqualTo(octets);
    }
}
