package org.mailroom.web.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new: a@corp.test|new|a@corp.test|''",
                "changed: a@corp.test: name A, quota 5|changed|a@corp.test|name A, quota 5",
                "gone: a@corp.test|gone|a@corp.test|''",
                "group it@corp.test: 2 members came, 0 went|group|it@corp.test|2 members came, 0 went",
                "problem: a@corp.test: a: b|problem|a@corp.test|a: b",
                "the directory does not answer: timeout|note|''|the directory does not answer: timeout",
                "7 of 9 are gone|note|''|7 of 9 are gone"
            })
    void a_line_becomes_a_row(String line, String kind, String who, String detail) {
        assertThat(ReportLine.of(line)).isEqualTo(new ReportLine(kind, who, detail));
    }
}
