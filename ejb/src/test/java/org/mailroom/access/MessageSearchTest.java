package org.mailroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.NewMessage;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.SearchKey.Order;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.TestStore;

/** RFC 9051 §6.4.4, key by key. */
class MessageSearchTest {
    private final TestStore house = new TestStore();
    private final MailStore store = TestEndpoint.over(house);
    private final Actor alice = new Actor(house.account("alice"), Protocol.IMAP, "s1");
    private long mailbox;

    @BeforeEach
    void fill() throws MailException {
        mailbox = store.mailbox(alice, "INBOX").id();
        // 1
        append("2020-01-01T23:30:00Z", Flags.SEEN, """
                From: Fred Foobar <foobar@here.example>
                Subject: =?iso-8859-1?q?Gr=FC=DFe_aus_K=F6ln?=
                Date: Wed, 1 Jan 2020 23:30:00 -0500

                Plain text with a needle in it.
                """);
        // 2
        append("2020-01-02T00:30:00Z", Flags.FLAGGED, """
                Subject: a long
                 folded subject
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Caf=C3=A9 au lait; a need=
                le across lines
                """);
        // 3
        append("2020-01-03T00:00:00Z", 0, """
                Subject: parts
                Date: Fri, 3 Jan 2020 00:00:00 +0900
                Content-Type: multipart/mixed; boundary=b

                the preamble is no text
                --b
                Content-Type: text/html; charset=koi8-r
                Content-Transfer-Encoding: base64

                %s
                --b
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="report.bin"
                Content-Transfer-Encoding: base64

                %s
                --b
                Content-Type: message/rfc822

                Subject: Forwarded thing

                inner words
                --b--
                """.formatted(
                        base64("<p>Привет, мир</p>", "koi8-r"), base64("hidden", "utf-8")));
        // 4: larger than a chunk, and what is looked for stands where two windows meet
        append(
                "2020-01-04T00:00:00Z",
                Flags.DELETED,
                "Subject: big\n\n" + "x".repeat(16_380) + "Needle" + "y".repeat(500_000) + "FARAWAY"
                        + "z".repeat(100_000) + "\n");
    }

    @Test
    void flags_sizes_and_uids_come_from_the_view() throws MailException {
        assertThat(search(new SearchKey.SystemFlag(Flags.SEEN, true))).isEqualTo("1");
        assertThat(search(new SearchKey.SystemFlag(Flags.SEEN, false))).isEqualTo("2:4");
        assertThat(search(new SearchKey.Size(true, 10_000))).isEqualTo("4");
        assertThat(search(new SearchKey.Size(false, 250))).isEqualTo("1:2");
        assertThat(search(new SearchKey.Uids(UidSet.of(2, 4, 9)))).isEqualTo("2,4");
        assertThat(search(new SearchKey.Keyword("k", true))).isEmpty();
        assertThat(search(new SearchKey.Keyword("k", false))).isEqualTo("1:4");
        store.store(alice, mailbox, UidSet.of(3), new FlagChange(Mode.ADD, 0, List.of("K")), Long.MAX_VALUE);
        assertThat(search(new SearchKey.Keyword("k", true))).isEqualTo("3");
        assertThat(search(new SearchKey.Modseq(store.view(alice, mailbox).modseq())))
                .isEqualTo("3");
        assertThat(search(new SearchKey.All())).isEqualTo("1:4");
    }

    @Test
    void dates_disregard_time_and_zone() throws MailException {
        var day = LocalDate.of(2020, 1, 2);
        assertThat(search(new SearchKey.Internal(Order.BEFORE, day))).isEqualTo("1");
        assertThat(search(new SearchKey.Internal(Order.ON, day))).isEqualTo("2");
        assertThat(search(new SearchKey.Internal(Order.SINCE, day))).isEqualTo("2:4");
        assertThat(search(new SearchKey.Sent(Order.ON, LocalDate.of(2020, 1, 1))))
                .isEqualTo("1");
        assertThat(search(new SearchKey.Sent(Order.SINCE, LocalDate.of(2020, 1, 3))))
                .isEqualTo("3");
        assertThat(search(new SearchKey.Sent(Order.BEFORE, LocalDate.of(2020, 1, 3))))
                .isEqualTo("1");
    }

    @Test
    void headers_are_decoded_and_unfolded() throws MailException {
        assertThat(search(new SearchKey.Header("subject", "GRÜSSE"))).isEmpty();
        assertThat(search(new SearchKey.Header("subject", "GRÜßE AUS"))).isEqualTo("1");
        assertThat(search(new SearchKey.Header("Subject", "long folded"))).isEqualTo("2");
        assertThat(search(new SearchKey.Header("FROM", "foobar"))).isEqualTo("1");
        assertThat(search(new SearchKey.Header("Date", ""))).isEqualTo("1,3");
        assertThat(search(new SearchKey.Header("X-None", ""))).isEmpty();
    }

    @Test
    void bodies_are_decoded_from_encoding_and_charset() throws MailException {
        assertThat(search(new SearchKey.Body("NEEDLE"))).isEqualTo("1:2,4");
        assertThat(search(new SearchKey.Body("café"))).isEqualTo("2");
        assertThat(search(new SearchKey.Body("ПРИВЕТ"))).isEqualTo("3");
        assertThat(search(new SearchKey.Body("faraway"))).isEqualTo("4");
        assertThat(search(new SearchKey.Body("forwarded"))).isEqualTo("3");
        assertThat(search(new SearchKey.Body("inner words"))).isEqualTo("3");
        assertThat(search(new SearchKey.Body("report.bin"))).isEqualTo("3");
        assertThat(search(new SearchKey.Body("preamble"))).isEmpty();
        assertThat(search(new SearchKey.Body("hidden"))).isEmpty();
        assertThat(search(new SearchKey.Body("foobar"))).isEmpty();
    }

    @Test
    void text_is_header_and_body() throws MailException {
        assertThat(search(new SearchKey.Text("köln"))).isEqualTo("1");
        assertThat(search(new SearchKey.Text("Foobar"))).isEqualTo("1");
        assertThat(search(new SearchKey.Text("needle"))).isEqualTo("1:2,4");
        assertThat(search(new SearchKey.Text("nowhere at all"))).isEmpty();
        assertThat(search(new SearchKey.Body(""))).isEqualTo("1:4");
    }

    @Test
    void keys_are_combined() throws MailException {
        var needle = new SearchKey.Body("needle");
        var seen = new SearchKey.SystemFlag(Flags.SEEN, true);
        assertThat(search(new SearchKey.And(List.of(needle, new SearchKey.Not(seen)))))
                .isEqualTo("2,4");
        assertThat(search(new SearchKey.Or(seen, new SearchKey.Body("мир")))).isEqualTo("1,3");
        assertThat(search(new SearchKey.Not(new SearchKey.Or(needle, seen)))).isEqualTo("3");
        assertThat(search(new SearchKey.And(List.of()))).isEqualTo("1:4");
    }

    private String search(SearchKey key) throws MailException {
        return store.search(alice, mailbox, key).toString();
    }

    private void append(String date, long flags, String text) throws MailException {
        var octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        store.append(
                alice,
                "INBOX",
                List.of(new NewMessage(
                        new FlagChange(Mode.REPLACE, flags, List.of()),
                        Instant.parse(date),
                        MessageSource.of(octets))));
    }

    private static String base64(String text, String charset) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.Charset.forName(charset)));
    }
}
