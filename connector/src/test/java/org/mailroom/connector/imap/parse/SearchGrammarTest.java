package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;

class SearchGrammarTest {
    private static final UidSet RECENT = UidSet.of(12, 20);

    private final MailboxView view = MailboxView.empty(1, 1)
            .with(
                    List.of(new MailboxView.Entry(10, 0, 1, 1), new MailboxView.Entry(20, 0, 1, 1)),
                    UidSet.EMPTY,
                    21,
                    1,
                    List.of());

    @Test
    void keys_side_by_side_must_all_match() throws BadSyntax {
        assertThat(read("SEEN (FROM a OR NOT 2 BODY \"b c\")"))
                .isEqualTo(new SearchKey.And(List.of(
                        new SearchKey.SystemFlag(Flags.SEEN, true),
                        new SearchKey.And(List.of(
                                new SearchKey.Header("FROM", "a"),
                                new SearchKey.Or(
                                        new SearchKey.Not(new SearchKey.Uids(UidSet.of(20))),
                                        new SearchKey.Body("b c")))))));
    }

    @Test
    void new_old_and_recent_are_the_sessions() throws BadSyntax {
        var recent = new SearchKey.Uids(RECENT);
        assertThat(read("RECENT")).isEqualTo(recent);
        assertThat(read("OLD")).isEqualTo(new SearchKey.Not(recent));
        assertThat(read("NEW"))
                .isEqualTo(new SearchKey.And(List.of(recent, new SearchKey.SystemFlag(Flags.SEEN, false))));
    }

    @Test
    void the_charset_counts_for_strings() throws BadSyntax {
        var frame = new Frame(List.of(new byte[] {'T', 'E', 'X', 'T', ' ', '"', (byte) 0xFC, '"'}), List.of());
        var key = new SearchGrammar(new Arguments(frame), StandardCharsets.ISO_8859_1, view, RECENT, UidSet.EMPTY, true)
                .read();
        assertThat(key).isEqualTo(new SearchKey.Text("ü"));
    }

    @Test
    void modseq_may_name_a_flag() throws BadSyntax {
        assertThat(read("MODSEQ \"/flags/\\\\draft\" all 620162338")).isEqualTo(new SearchKey.Modseq(620162338));
        assertThat(read("MODSEQ 5")).isEqualTo(new SearchKey.Modseq(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "NOT ",
                "OR SEEN",
                "1:x",
                "SEEN SEEN)",
                "LARGER x",
                "ON 1-Foo-2020",
                "HEADER From",
                "()",
                "(NOT)"
            })
    void what_is_no_search(String keys) {
        assertThatThrownBy(() -> read(keys)).isInstanceOf(BadSyntax.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "OR SEEN "})
    void nesting_is_bounded(String opening) {
        assertThatThrownBy(() -> read(opening.repeat(20_000) + "ALL")).hasMessageStartingWith("[LIMIT]");
    }

    @Test
    void the_number_of_keys_is_bounded() {
        assertThatThrownBy(() -> read("SEEN ".repeat(3000) + "SEEN")).hasMessageStartingWith("[LIMIT]");
    }

    private SearchKey read(String keys) throws BadSyntax {
        return new SearchGrammar(
                        new Arguments(Frame.of(keys)), StandardCharsets.UTF_8, view, RECENT, UidSet.EMPTY, true)
                .read();
    }
}
