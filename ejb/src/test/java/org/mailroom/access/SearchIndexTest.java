package org.mailroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.NewMessage;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.TestStore;
import org.mailroom.message.Corpus;
import org.mailroom.search.IndexBuilder;
import org.mailroom.search.SearchIndex;
import org.mailroom.search.TextMatcher;

/** The index makes searches fast and never changes what they find. */
class SearchIndexTest {
    private static final int SEGMENT = 24;

    private final TestStore house = new TestStore();
    private final MailStore store = TestEndpoint.over(house);
    private final Actor alice = new Actor(house.account("alice"), Protocol.IMAP, "s1");
    private final IndexBuilder builder = new IndexBuilder(house.transactions, SEGMENT);
    private final SearchIndex index = new SearchIndex(house.transactions);

    @Test
    void finds_the_same_with_and_without_it() throws Exception {
        Corpus.messages().values().forEach(this::append);
        words(60).forEach(this::append);
        append(("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Glued:=?utf-8?q?k=C3=B6ln?=\r\n\r\n" + "y".repeat(300_000)
                        + "faraway\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        var questions = questions();
        var before = answers(questions);

        builder.build(inbox());

        assertThat(house.number("SELECT count(*) FROM search_segment")).isGreaterThan(2);
        assertThat(answers(questions)).isEqualTo(before);
        // What came after the last segment, and what has gone out of one.
        words(5).forEach(this::append);
        store.expunge(alice, inbox(), UidSet.range(3, 10), false);
        var changed = answers(questions);
        house.sql("DELETE FROM search_segment");
        assertThat(changed).isEqualTo(answers(questions));
    }

    @Test
    void rules_out_what_cannot_match() throws Exception {
        words(SEGMENT * 4).forEach(this::append);
        append("Subject: x\r\n\r\nA unique Nadel im Heuhaufen\r\n".getBytes(StandardCharsets.US_ASCII));
        words(SEGMENT).forEach(this::append);
        builder.build(inbox());
        var all = UidSet.range(1, SEGMENT * 5 + 1);
        assertThat(index.narrow(inbox(), all, new TextMatcher("NADEL IM HEU")).and(UidSet.range(1, SEGMENT * 5)))
                .isEqualTo(UidSet.of(SEGMENT * 4 + 1));
        assertThat(index.narrow(inbox(), all, new TextMatcher("ab"))).isEqualTo(all);
    }

    @Test
    void segments_go_with_their_messages() throws Exception {
        words(SEGMENT * 2).forEach(this::append);
        builder.build(inbox());
        store.expunge(alice, inbox(), UidSet.range(1, SEGMENT), false);
        words(SEGMENT).forEach(this::append);
        builder.build(inbox());
        assertThat(house.number("SELECT min(first_uid) FROM search_segment")).isEqualTo(SEGMENT + 1);
        assertThat(house.number("SELECT max(last_uid) FROM search_segment")).isEqualTo(SEGMENT * 3);
    }

    private long inbox() throws MailException {
        return store.mailbox(alice, "INBOX").id();
    }

    private static List<String> questions() {
        var random = new Random(7);
        var questions = new ArrayList<>(List.of(
                "subject", "grüße", "KÖLN", "faraway", "multipart", "é", "日本", "=?", "the ", "\u0301", "http://"));
        for (int i = 0; i < 40; i++) {
            questions.add(word(random) + " " + word(random).substring(0, 2));
            questions.add(word(random).substring(1));
        }
        return questions;
    }

    private Map<String, String> answers(List<String> questions) throws MailException {
        var answers = new LinkedHashMap<String, String>();
        for (var question : questions) {
            for (var key : List.of(
                    new SearchKey.Text(question),
                    new SearchKey.Body(question),
                    new SearchKey.Header("Subject", question),
                    new SearchKey.Header("X-Glued", question))) {
                answers.put(key.toString(), store.search(alice, inbox(), key).toString());
            }
        }
        assertThat(answers.values()).anyMatch(found -> !found.isEmpty());
        return answers;
    }

    private static List<byte[]> words(int messages) {
        var random = new Random(messages);
        var made = new ArrayList<byte[]>();
        for (int i = 0; i < messages; i++) {
            var text = new StringBuilder("Subject: ").append(word(random)).append("\r\n\r\n");
            for (int j = 0; j < 100; j++) {
                text.append(word(random)).append(j % 10 == 9 ? "\r\n" : " ");
            }
            made.add(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return made;
    }

    private static String word(Random random) {
        var word = new StringBuilder();
        for (int syllable = 0; syllable < 3; syllable++) {
            word.append("bdfgklmnprst".charAt(random.nextInt(12))).append("aeiouü".charAt(random.nextInt(6)));
        }
        return word.toString();
    }

    private void append(byte[] octets) {
        try {
            store.append(
                    alice,
                    "INBOX",
                    List.of(new NewMessage(
                            new FlagChange(Mode.REPLACE, 0x10, List.of()), Instant.EPOCH, MessageSource.of(octets))));
        } catch (MailException e) {
            throw new AssertionError(e);
        }
    }
}
