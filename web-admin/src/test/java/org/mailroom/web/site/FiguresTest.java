package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "en,1000,1000",
        "en,'1,000',1000",
        "en,'12,345,678',12345678",
        "en,' 7 ',7",
        "en,2147483647,2147483647",
        "de,1.000,1000",
        "de,12.345.678,12345678",
    })
    void count_is_digits_alone_or_by_thousands(Locale locale, String text, long count) {
        assertThat(Figures.count(text, locale, Integer.MAX_VALUE)).hasValue(count);
    }

    @ParameterizedTest
    @CsvSource({
        "en,1.000",
        "en,10.5",
        "en,'1,00'",
        "en,'1,0000'",
        "en,'0,001'",
        "en,'1000,000'",
        "en,'1,000,00'",
        "de,'1,000'",
        "de,'10,5'",
        "en,3000000000",
        "en,99999999999999999999",
        "en,-1",
        "en,10 kB",
        "en,''"
    })
    void what_is_no_count_or_too_large_is_refused(Locale locale, String text) {
        assertThat(Figures.count(text, locale, Integer.MAX_VALUE)).isEmpty();
    }
}
