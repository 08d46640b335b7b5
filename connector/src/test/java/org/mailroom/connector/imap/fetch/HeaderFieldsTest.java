package org.mailroom.connector.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.imap.parse.Section;
import org.mailroom.connector.imap.parse.Section.Kind;

class HeaderFieldsTest {
    private static final String HEADER =
            "From: a\r\nSubject: b\r\n c\r\n\td\r\nX: 1\r\nno field at all\r\nsubject : e\r\nTo:\r\n\r\n";

    @Test
    void fields_are_kept_as_they_are() {
        assertThat(pick(Kind.HEADER_FIELDS, "SUBJECT")).isEqualTo("Subject: b\r\n c\r\n\td\r\nsubject : e\r\n\r\n");
        assertThat(pick(Kind.HEADER_FIELDS, "TO", "FROM")).isEqualTo("From: a\r\nTo:\r\n\r\n");
    }

    @Test
    void the_others_where_they_are_asked_for() {
        assertThat(pick(Kind.HEADER_FIELDS_NOT, "SUBJECT", "X")).isEqualTo("From: a\r\nTo:\r\n\r\n");
    }

    @Test
    void without_a_match_the_empty_line_is_left() {
        assertThat(pick(Kind.HEADER_FIELDS, "NONE")).isEqualTo("\r\n");
        assertThat(new String(new HeaderFields(section(Kind.HEADER_FIELDS, "A")).done(), StandardCharsets.US_ASCII))
                .isEqualTo("\r\n");
    }

    @Test
    void pieces_may_be_cut_anywhere() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            var fields = new HeaderFields(section(Kind.HEADER_FIELDS, "SUBJECT"));
            var octets = HEADER.getBytes(StandardCharsets.US_ASCII);
            for (int at = 0; at < octets.length; ) {
                int to = Math.min(octets.length, at + 1 + random.nextInt(9));
                fields.add(octets, at, to);
                at = to;
            }
            assertThat(new String(fields.done(), StandardCharsets.US_ASCII))
                    .isEqualTo(pick(Kind.HEADER_FIELDS, "SUBJECT"));
        }
    }

    @Test
    void a_header_without_end_takes_bounded_memory() {
        var fields = new HeaderFields(section(Kind.HEADER_FIELDS, "A"));
        var line =
                "A: 0123456789012345678901234567890123456789\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1000; i++) {
            fields.add(line, 0, line.length);
        }
        assertThat(fields.done().length).isLessThan(2 * 1024 * 1024);
    }

    private static String pick(Kind kind, String... names) {
        var fields = new HeaderFields(section(kind, names));
        var octets = HEADER.getBytes(StandardCharsets.US_ASCII);
        fields.add(octets, 0, octets.length);
        return new String(fields.done(), StandardCharsets.US_ASCII);
    }

    private static Section section(Kind kind, String... names) {
        return new Section(List.of(), kind, List.of(names));
    }
}
