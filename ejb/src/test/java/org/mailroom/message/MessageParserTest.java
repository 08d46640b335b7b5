package org.mailroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MimePart;

class MessageParserTest {
    private static final String MIXED = """
            From: "Alice \\"A.\\" Example" <alice@here.example>, bob@there.example (Bob)
            To: Friends: carol@here.example, <@relay.example:dave@there.example>;, erin@here.example
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
            Date: Fri, 21 Nov 1997 09:55:06 -0600
            Message-ID: <1@here.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_b"

            preamble
            --=_b
            Content-Type: text/plain; charset=UTF-8

            hello
            --=_b
            Content-Type: message/rfc822
            Content-Disposition: attachment; filename="x.eml"

            Subject: inner
            Content-Type: multipart/alternative; boundary=i

            --i

            one
            two

            --i
            Content-Type: text/html
            Content-Language: en, de

            <p>
            --i--
            --=_b--
            epilogue
            """.replace("\n", "\r\n");

    @Test
    void envelope_has_ten_members_and_groups_are_open_and_closed() {
        var envelope = ImapReader.envelope(ImapReader.read(parse(MIXED).envelope()));
        assertThat(envelope.toString())
                .isEqualTo("[Fri, 21 Nov 1997 09:55:06 -0600, =?utf-8?q?Gr=C3=BC=C3=9Fe?=, "
                        + "[[Alice \"A.\" Example, null, alice, here.example], [Bob, null, bob, there.example]], "
                        + "[[Alice \"A.\" Example, null, alice, here.example], [Bob, null, bob, there.example]], "
                        + "[[Alice \"A.\" Example, null, alice, here.example], [Bob, null, bob, there.example]], "
                        + "[[null, null, Friends, null], [null, null, carol, here.example], "
                        + "[null, @relay.example, dave, there.example], [null, null, null, null], "
                        + "[null, null, erin, here.example]], null, null, null, <1@here.example>]");
    }

    /** RFC 9051 §7.5.2. */
    @Test
    void sender_and_reply_to_without_an_address_are_the_from() {
        assertThat(text(parse("From: a@x\r\nSender: ,\r\nReply-To: \"\"\r\n\r\n")
                        .envelope()))
                .isEqualTo(
                        "(NIL NIL ((NIL NIL \"a\" \"x\")) ((NIL NIL \"a\" \"x\")) ((NIL NIL \"a\" \"x\")) NIL NIL NIL"
                                + " NIL NIL)");
        assertThat(text(parse("Sender: <>\r\nReply-To: b@x\r\n\r\n").envelope()))
                .isEqualTo("(NIL NIL NIL NIL ((NIL NIL \"b\" \"x\")) NIL NIL NIL NIL NIL)");
    }

    @Test
    void facts_for_people_are_decoded() {
        var parsed = parse(MIXED);
        assertThat(parsed.subject()).isEqualTo("Grüße");
        assertThat(parsed.from()).isEqualTo("alice@here.example");
        assertThat(parsed.messageId()).isEqualTo("1@here.example");
        assertThat(parsed.sent()).isEqualTo(OffsetDateTime.parse("1997-11-21T09:55:06-06:00"));
        assertThat(parsed.headerSize()).isEqualTo(MIXED.indexOf("preamble"));
    }

    @Test
    void structure_follows_rfc_9051_section_7_5_2() {
        var structure = text(parse(MIXED).structure());
        assertThat(structure)
                .isEqualTo("((\"text\" \"plain\" (\"charset\" \"UTF-8\") NIL NIL \"7bit\" 5 1 NIL NIL NIL NIL)"
                        + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" "
                        + part(MIXED, 1).size()
                        + " (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) "
                        + "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 2 NIL NIL NIL NIL)"
                        + "(\"text\" \"html\" NIL NIL NIL \"7bit\" 3 1 NIL NIL (\"en\" \"de\") NIL)"
                        + " \"alternative\" (\"boundary\" \"i\") NIL NIL NIL) 14 NIL "
                        + "(\"attachment\" (\"filename\" \"x.eml\")) NIL NIL)"
                        + " \"mixed\" (\"boundary\" \"=_b\") NIL NIL NIL)");
    }

    /** RFC 2046 §5.1.1: the CRLF before a boundary belongs to the boundary. */
    @Test
    void sections_are_found_by_their_offsets() {
        var root = parse(MIXED).parts();
        assertThat(cut(MIXED, root.parts().get(0))).isEqualTo("hello");
        var message = root.parts().get(1);
        assertThat(message.isMessage()).isTrue();
        var inner = message.parts().getFirst();
        assertThat(inner.header()).isEqualTo(message.body());
        assertThat(inner.end()).isEqualTo(message.end());
        assertThat(MIXED.substring((int) inner.header(), (int) inner.body()))
                .isEqualTo("Subject: inner\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n");
        assertThat(cut(MIXED, inner.parts().get(0))).isEqualTo("one\r\ntwo\r\n");
        assertThat(cut(MIXED, inner.parts().get(1))).isEqualTo("<p>");
    }

    @TestFactory
    Stream<DynamicTest> whatever_comes_is_a_message() {
        return Corpus.messages().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> wellFormed(entry.getValue())));
    }

    @Test
    void any_octets_are_a_message() {
        var random = new Random(20);
        var pieces =
                ("\r|\n|\r\n|\r\n\r\n|--b|--b--|--|Content-Type: multipart/mixed; boundary=b\r\n|:|\"|(|)|<|>|\\|;|,|=?"
                                + "|From: |To: |Subject: |Content-Type: message/rfc822\r\n| |\t|\0|\u00ff|=?utf-8?b?|?=|a@b|Date: |1:2")
                        .split("\\|");
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(40); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            wellFormed(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void fifty_megabytes_stream_through_a_small_heap() {
        var part = ("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\r\n".repeat(10))
                .getBytes(StandardCharsets.US_ASCII);
        var header = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".getBytes(StandardCharsets.US_ASCII);
        var source = new Repeated(header, part, 50 << 20);
        var parsed = MessageParser.parse(source);
        assertThat(parsed.size()).isEqualTo(source.size());
        assertThat(parsed.parts().parts()).hasSize(1);
        assertThat(parsed.parts().parts().getFirst().end()).isEqualTo(source.size());
    }

    /** A message whose body is one piece over and over. */
    private record Repeated(byte[] header, byte[] piece, long least) implements MessageSource {
        @Override
        public long size() {
            return header.length + piece.length * Math.ceilDiv(least, piece.length);
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private long at;

                @Override
                public int read() {
                    if (at == size()) {
                        return -1;
                    }
                    long behind = at++ - header.length;
                    return behind < 0 ? header[(int) (at - 1)] : piece[(int) (behind % piece.length)];
                }
            };
        }
    }

    private static void wellFormed(byte[] octets) {
        var parsed = MessageParser.parse(MessageSource.of(octets));
        assertThat(parsed.size()).isEqualTo(octets.length);
        assertThat(parsed.headerSize()).isBetween(0, MailStore.CHUNK);
        ImapReader.envelope(ImapReader.read(parsed.envelope()));
        ImapReader.structure(ImapReader.read(parsed.structure()));
        assertThat(parsed.parts().body()).isEqualTo(parsed.headerSize());
        assertThat(parsed.parts().end()).isEqualTo(octets.length);
        within(parsed.parts(), 0, octets.length);
        assertThat(PartsCodec.decode(PartsCodec.encode(parsed.parts()))).isEqualTo(parsed.parts());
    }

    private static void within(MimePart part, long from, long to) {
        assertThat(part.header()).isBetween(from, to);
        assertThat(part.body()).isBetween(part.header(), to);
        assertThat(part.end()).isBetween(part.body(), to);
        assertThat(part.isMultipart() && part.parts().isEmpty()).isFalse();
        long next = part.body();
        for (var inner : part.parts()) {
            within(inner, next, part.end());
            next = inner.end();
        }
    }

    private static ParsedMessage parse(String text) {
        return MessageParser.parse(MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private record Size(long size) {}

    private static Size part(String text, int index) {
        var part = parse(text).parts().parts().get(index);
        return new Size(part.end() - part.body());
    }

    private static String cut(String text, MimePart part) {
        return text.substring((int) part.body(), (int) part.end());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
