package org.mailroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.Reencoding.Form;

/** RFC 6152 §3: what a plainer transport gets. */
class ReencodingTest {
    private static MessageSource message(String text) {
        return MessageSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MessageSource source) throws IOException {
        try (var in = source.open()) {
            var octets = in.readAllBytes();
            assertThat(source.size()).isEqualTo(octets.length);
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    private static String sevenBit(String message) throws IOException {
        return text(Reencoding.of(message(message), Form.SEVEN_BIT).orElseThrow());
    }

    @Test
    void what_fits_is_the_same_object() throws Exception {
        var plain = message("Subject: a\r\n\r\nhello\r\n");
        assertThat(Reencoding.of(plain, Form.SEVEN_BIT)).containsSame(plain);
        var eight = message("Subject: a\r\n\r\nhellö\r\n");
        assertThat(Reencoding.of(eight, Form.EIGHT_BIT)).containsSame(eight);
    }

    @Test
    void text_becomes_quoted_printable_and_keeps_its_lines() throws Exception {
        assertThat(sevenBit("""
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding:
                 8bit
                Subject: Grüße

                Schöne Grüße und auch sonst = gut\040
                .
                """.replace("\n", "\r\n"))).isEqualTo("""
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=utf-8
                        Subject: Gr\u00c3\u00bc\u00c3\u009fe
                        Content-Transfer-Encoding: quoted-printable

                        Sch=C3=B6ne Gr=C3=BC=C3=9Fe und auch sonst =3D gut=20
                        .
                        """.replace("\n", "\r\n"));
    }

    @Test
    void text_that_says_nothing_of_itself_is_of_an_unknown_charset() throws Exception {
        assertThat(sevenBit("Subject: a\r\n\r\nein schönes, langes Wort\r\n"))
                .isEqualTo("Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\nein sch=C3=B6nes, langes Wort\r\n");
    }

    @Test
    void parts_that_fit_stay_as_they_are_and_wholes_say_seven_bit() throws Exception {
        assertThat(sevenBit("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b
                Content-Transfer-Encoding: 8bit

                vorän
                --b
                Content-Type: text/plain

                plain  =  text
                --b
                Content-Type: image/x
                Content-Transfer-Encoding: 8bit

                ÄÖ
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 8bit

                Subject: inside
                Content-Type: text/plain; charset=utf-8

                für alle Leute auf der Welt
                --b--
                """.replace("\n", "\r\n"))).isEqualTo("""
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=b
                        Content-Transfer-Encoding: 7bit

                        vor??n
                        --b
                        Content-Type: text/plain

                        plain  =  text
                        --b
                        Content-Type: image/x
                        Content-Transfer-Encoding: base64

                        w4TDlg==

                        --b
                        Content-Type: message/rfc822
                        Content-Transfer-Encoding: 7bit

                        Subject: inside
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        f=C3=BCr alle Leute auf der Welt
                        --b--
                        """.replace("\n", "\r\n"));
    }

    private static final String SIGNED = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=a
            Content-Transfer-Encoding: 8bit

            --a
            Content-Type: multipart/signed; boundary=b
            Content-Transfer-Encoding: 8bit

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            signed %s
            --b--
            --a
            Content-Type: text/plain; charset=utf-8

            %s and so on, until it is long enough
            --a--
            """.replace("\n", "\r\n");

    @Test
    void what_is_signed_is_not_changed() throws Exception {
        assertThat(Reencoding.of(message(SIGNED.formatted("für", "fuer")), Form.SEVEN_BIT))
                .isEmpty();
        assertThat(sevenBit(SIGNED.formatted("fuer", "für")))
                .contains(
                        "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nsigned")
                .contains("f=C3=BCr and");
        assertThat(Reencoding.of(
                        message("Content-Type: message/partial; id=a; number=1\r\n\r\nfür\r\n"), Form.SEVEN_BIT))
                .isEmpty();
    }

    @Test
    void binary_is_made_fit_for_lines_without_loss() throws Exception {
        var octets = new byte[300_000];
        new Random(7).nextBytes(octets);
        var head = "MIME-Version: 1.0\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        var message = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + octets.length);
        System.arraycopy(octets, 0, message, head.length(), octets.length);
        var text = text(Reencoding.of(MessageSource.of(message), Form.EIGHT_BIT).orElseThrow());
        assertThat(text).contains("Content-Transfer-Encoding: base64\r\n\r\n").doesNotContain("binary");
        var body = text.substring(text.indexOf("\r\n\r\n") + 4);
        assertThat(body.lines().mapToInt(String::length)).allMatch(length -> length <= 76);
        assertThat(Base64.getMimeDecoder().decode(body)).isEqualTo(octets);
    }

    @Test
    void any_text_comes_back_from_quoted_printable() throws Exception {
        var random = new Random(11);
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder("ä");
            for (int i = random.nextInt(400) + 60; i > 0; i--) {
                text.append(
                        random.nextInt(9) == 0
                                ? "\r\n"
                                : random.nextInt(5) == 0 ? " " : random.nextInt(9) == 0 ? "=" : "x");
            }
            var encoded = sevenBit("Content-Type: text/plain\r\n\r\n" + text);
            var body = encoded.substring(encoded.indexOf("\r\n\r\n") + 4);
            assertThat(body.lines().mapToInt(String::length)).allMatch(length -> length <= 76);
            assertThat(decoded(body)).isEqualTo(text.toString());
        }
    }

    /** RFC 2045 §6.7, the other way. */
    private static String decoded(String body) {
        var octets = new ByteArrayOutputStream();
        var joined = body.replace("=\r\n", "");
        for (int i = 0; i < joined.length(); i++) {
            if (joined.charAt(i) == '=') {
                octets.write(Integer.parseInt(joined.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                octets.write(joined.charAt(i));
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    @Test
    void only_headers_beyond_ascii_need_SMTPUTF8() throws Exception {
        assertThat(Reencoding.hasInternationalHeader(message("Subject: a\r\n\r\nhellö\r\n")))
                .isFalse();
        assertThat(Reencoding.hasInternationalHeader(message("Subject: ä\r\n\r\nhello\r\n")))
                .isTrue();
        assertThat(
                        Reencoding.hasInternationalHeader(
                                message(
                                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Description: ä\r\n\r\n--b--\r\n")))
                .isTrue();
    }
}
