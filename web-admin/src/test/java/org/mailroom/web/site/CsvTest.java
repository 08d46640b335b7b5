package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void quotes_commas_and_formulas_stay_text() {
        assertThat(Csv.text(List.of(List.of("a", "b \"c\", d"), List.of("=1+1", ""))))
                .isEqualTo("\"a\",\"b \"\"c\"\", d\"\r\n\"'=1+1\",\"\"\r\n");
    }
}
