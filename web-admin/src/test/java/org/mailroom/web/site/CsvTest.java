package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void quotes_commas_and_formulas_stay_text() throws Exception {
        var file = new ByteArrayOutputStream();
        Csv.write(Stream.of(List.of("a", "b \"c\", d"), List.of("=1+1", "")), file);
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("\"a\",\"b \"\"c\"\", d\"\r\n\"'=1+1\",\"\"\r\n");
    }
}
