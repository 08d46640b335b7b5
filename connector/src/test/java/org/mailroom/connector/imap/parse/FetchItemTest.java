package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.connector.imap.parse.FetchItem.Octets;

class FetchItemTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "body[];BODY[]",
                "BODY.PEEK[1.2.3];BODY[1.2.3]",
                "BODY[1.mime];BODY[1.MIME]",
                "BODY[header.fields (from \"x y\")];BODY[HEADER.FIELDS (FROM \"X Y\")]",
                "BODY[2.HEADER.FIELDS.NOT (To)]<7.9>;BODY[2.HEADER.FIELDS.NOT (TO)]<7>",
                "BODY[TEXT]<0.18446744073>;BODY[TEXT]<0>",
                "RFC822.HEADER;RFC822.HEADER"
            })
    void the_response_names_what_was_asked(String item, String name) throws BadSyntax {
        var read = FetchItem.read(new Arguments(Frame.of(item)));
        assertThat(((Octets) read.getFirst()).name()).isEqualTo(name);
    }

    @Test
    void each_is_told_once() throws BadSyntax {
        assertThat(FetchItem.read(new Arguments(Frame.of("(UID flags uid FLAGS BODY[] BODY[])"))))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "()",
                "(UID",
                "(UID  FLAGS)",
                "(ALL)",
                "ODD",
                "BODY[",
                "BODY[1",
                "BODY[1..2]",
                "BODY[.1]",
                "BODY[HEADER.FIELDS]",
                "BODY[HEADER.FIELDS ()]",
                "BODY[HEADER.FIELDS (a]",
                "BODY[1.0]",
                "BODY[TEXT.1]",
                "BODY[]<0.0>",
                "BODY[]<1>",
                "BODY.PEEK",
                "BODY[MIME]",
                "RFC822.SIZE.ODD",
                "BODY[]]"
            })
    void what_is_no_item(String items) {
        assertThatThrownBy(() -> {
                    var in = new Arguments(Frame.of(items));
                    FetchItem.read(in);
                    in.end();
                })
                .isInstanceOf(BadSyntax.class);
    }

    @Test
    void sizes_are_bounded() {
        var deep = "BODY[" + "1.".repeat(200) + "1]";
        assertThatThrownBy(() -> FetchItem.read(new Arguments(Frame.of(deep)))).hasMessageContaining("nested at most");
        var many = java.util.stream.IntStream.range(1, 300)
                .mapToObj(i -> "BODY[" + i + "]")
                .collect(Collectors.joining(" "));
        assertThatThrownBy(() -> FetchItem.read(new Arguments(Frame.of("(" + many + ")"))))
                .hasMessageContaining("At most 200");
    }
}
