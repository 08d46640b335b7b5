package org.mailroom.connector.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Partial;
import org.mailroom.connector.imap.parse.Frame;
import org.mailroom.contract.store.MimePart;

/** RFC 9051 §6.4.5.1, with the example of its part numbers. */
class ExtentTest {
    /**
     * 1 TEXT/PLAIN, 2 APPLICATION/OCTET-STREAM, 3 MESSAGE/RFC822 (3.1 TEXT/PLAIN, 3.2 APPLICATION/OCTET-STREAM),
     * 4 MULTIPART/MIXED (4.1 IMAGE/GIF, 4.2 MESSAGE/RFC822 (4.2.1 TEXT/PLAIN, 4.2.2 MULTIPART/ALTERNATIVE (4.2.2.1, 4.2.2.2))).
     */
    private static final MimePart EXAMPLE = multi(
            0,
            leaf("text/plain", 100),
            leaf("application/octet-stream", 200),
            message(300, multi(310, leaf("text/plain", 320), leaf("application/octet-stream", 330))),
            multi(
                    400,
                    leaf("image/gif", 410),
                    message(
                            420,
                            multi(
                                    430,
                                    leaf("text/plain", 440),
                                    multi(450, leaf("text/plain", 460), leaf("text/richtext", 470))))));

    @ParameterizedTest
    @CsvSource({
        "'', 0-1000",
        "HEADER, 0-5",
        "TEXT, 5-1000",
        "1, 105-109",
        "1.MIME, 100-105",
        "2, 205-209",
        "3, 305-309",
        "3.HEADER, 310-315",
        "3.TEXT, 315-319",
        "3.1, 325-329",
        "3.2.MIME, 330-335",
        "4, 405-409",
        "4.1.MIME, 410-415",
        "4.2, 425-429",
        "4.2.HEADER, 430-435",
        "4.2.TEXT, 435-439",
        "4.2.1, 445-449",
        "4.2.2.1, 465-469",
        "4.2.2.2.MIME, 470-475",
        "5, none",
        "1.1, none",
        "1.HEADER, none",
        "1.TEXT, none",
        "4.HEADER, none",
        "4.2.3, none",
        "2147483648, none"
    })
    void parts_are_found(String section, String expected) throws BadSyntax {
        assertThat(extent(section, EXAMPLE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 5-1000", "1.MIME, 0-5", "2, none", "1.1, none", "1.HEADER, none"})
    void a_message_of_one_part_has_part_1(String section, String expected) throws BadSyntax {
        assertThat(extent(section, new MimePart("text/plain", "7bit", "", 0, 5, 1000, List.of())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 5-1000", "1.HEADER, 10-15", "1.TEXT, 15-19", "1.1, 15-19", "1.1.1, none"})
    void a_message_that_is_a_message_has_it_as_part_1(String section, String expected) throws BadSyntax {
        var whole = new MimePart("message/rfc822", "7bit", "", 0, 5, 1000, List.of(leaf("text/plain", 10)));
        assertThat(extent(section, whole)).isEqualTo(expected);
    }

    @Test
    void a_part_of_a_section_ends_with_it() {
        var extent = new Extent(10, 20);
        assertThat(extent.part(null)).isEqualTo(extent);
        assertThat(extent.part(new Partial(2, 3))).isEqualTo(new Extent(12, 15));
        assertThat(extent.part(new Partial(8, 100))).isEqualTo(new Extent(18, 20));
        assertThat(extent.part(new Partial(99, 5)).length()).isZero();
        assertThat(extent.part(new Partial(Long.MAX_VALUE, Long.MAX_VALUE)).length())
                .isZero();
    }

    private static String extent(String section, MimePart message) throws BadSyntax {
        var item = (FetchItem.Octets)
                FetchItem.read(new Arguments(Frame.of("BODY[" + section + "]"))).getFirst();
        var extent = Extent.of(item.section(), message, 1000);
        return extent == null ? "none" : extent.from() + "-" + extent.to();
    }

    private static MimePart leaf(String type, long at) {
        return new MimePart(type, "7bit", "", at, at + 5, at + 9, List.of());
    }

    private static MimePart multi(long at, MimePart... parts) {
        return new MimePart("multipart/mixed", "7bit", "", at, at + 5, at + 9, List.of(parts));
    }

    private static MimePart message(long at, MimePart inner) {
        return new MimePart("message/rfc822", "7bit", "", at, at + 5, at + 9, List.of(inner));
    }
}
