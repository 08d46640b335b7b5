package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;

/** Pieces of SMTP in any order, for some seconds: whatever is sent, there is a reply, and nothing breaks. */
class FuzzTest {
    private static final long SECONDS = 3;

    private static final List<String> ADDRESSES = List.of(
            "<",
            ">",
            "@",
            ":",
            ",",
            ".",
            "\"",
            "\\",
            " ",
            "a",
            "postmaster",
            "here.example",
            "xn--mller-kva",
            "[",
            "]",
            "127.0.0.1",
            "IPv6:",
            "::1",
            "%",
            "!",
            "+",
            "(",
            ")",
            "\u00fc",
            "\u4f60",
            "\ud83d\udce7",
            "\0",
            "\t",
            "\u0085",
            "\u200d",
            "FROM:",
            "TO:",
            "SIZE=",
            "=",
            "SMTPUTF8",
            "BODY=8BITMIME",
            "RET=",
            "ORCPT=rfc822;",
            "+3D",
            "9".repeat(30),
            "x".repeat(70));

    private static final List<String> LINES = List.of(
            "EHLO c.example",
            "HELO c",
            "LHLO x",
            "MAIL FROM:<a@b.example>",
            "MAIL",
            "RCPT TO:<alice@here.example>",
            "RCPT TO:<x",
            "DATA",
            "BDAT 3",
            "BDAT 0 LAST",
            "BDAT 5 LAST",
            "BDAT x",
            "RSET",
            "NOOP",
            "VRFY alice",
            "EXPN",
            "ETRN a",
            "VERB",
            "HELP",
            "HELP MAIL",
            ".",
            "..",
            "",
            " ",
            "AUTH PLAIN",
            "AUTH LOGIN",
            "*",
            "STARTTLS",
            "QUIT",
            "\0",
            "\u00fc",
            "x".repeat(3000),
            " BODY=BINARYMIME",
            " SMTPUTF8",
            " SIZE=1");

    private static final List<String> ENDS =
            List.of("\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\n.\r\n", "\r\r\n", "");

    private static RandomGenerator seeded(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static String any(RandomGenerator random, List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }

    @Test
    void an_address_is_taken_or_refused_and_what_is_taken_can_stand_in_a_command_again() throws Exception {
        var random = seeded(5321);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int taken = 0;
        while (System.nanoTime() < end) {
            var text = new StringBuilder(random.nextBoolean() ? "FROM:<" : "");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(any(random, ADDRESSES));
            }
            try {
                var path = PathArgument.parse(
                        text.append(random.nextBoolean() ? ">" : "").toString(), "FROM", random.nextBoolean());
                taken++;
                assertThat(path.address().chars().noneMatch(Character::isISOControl))
                        .as(text.toString())
                        .isTrue();
                assertThat(PathArgument.parse("FROM:<" + path.address() + ">", "FROM", true)
                                .address())
                        .isEqualTo(path.address());
            } catch (PathSyntaxException refused) {
                assertThat(refused.text()).matches("[ -~]+");
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void whatever_comes_every_session_is_answered_and_ends() {
        var settings = new TestSettings()
                .listen(Protocol.SMTP, false)
                .listen(Protocol.SUBMISSION, false)
                .listen(Protocol.LMTP, false);
        var random = seeded(2920);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (var smtp = new TestSmtp(settings.trusted("127.0.0.0/8"))) {
            while (System.nanoTime() < end) {
                var role = List.of(Protocol.SMTP, Protocol.SUBMISSION, Protocol.LMTP)
                        .get(random.nextInt(3));
                try (var client = smtp.connect(role)) {
                    client.send(conversation(random)).endInput();
                    for (var line = client.line(); line != null; line = client.line()) {
                        assertThat(line).matches("[2-5][0-9][0-9][ -].*");
                        assertThat(line).doesNotStartWith("451 4.3.0");
                    }
                }
            }
        }
    }

    private static byte[] conversation(RandomGenerator random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
            text.append(any(random, LINES)).append(any(random, ENDS));
        }
        return text.toString().getBytes(random.nextInt(4) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** What DATA leaves of a text does not depend on how it was cut, and what it keeps has clean lines. */
    @Test
    void a_message_is_the_same_however_it_is_cut() throws Exception {
        var random = seeded(5322);
        var pieces = List.of("a", ".", "\r\n", "\r", "\n", "..", "\r\n.", "text", "\r\n.\r\n");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            var text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(any(random, pieces));
            }
            var octets = text.append("\r\n.\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            for (var ends : WireSettings.BareLineEnds.values()) {
                var whole = take(octets, octets.length, ends);
                assertThat(take(octets, 1 + random.nextInt(4), ends))
                        .as(text.toString())
                        .isEqualTo(whole);
                assertThat(whole.replace("\r\n", "")).doesNotContain("\r", "\n");
            }
        }
    }

    private static String take(byte[] octets, int size, WireSettings.BareLineEnds ends) throws Exception {
        var usual = TestSettings.SMTP;
        var smtp = new WireSettings.Smtp(1, 1, 1, 998, ends, usual.transactionTimeout(), usual.longestHold());
        try (var text = new MessageText(
                MessageText.Form.DOTTED, 0, new TestSettings().smtp(smtp).build(), "s1")) {
            int at = 0;
            while (!text.isEnded()) {
                at += text.take(octets, at, Math.min(octets.length, at + size));
            }
            text.finish();
            return text.flaw() != MessageText.Flaw.NONE
                    ? text.flaw() + " " + at
                    : new String(text.spool().octets(), StandardCharsets.ISO_8859_1);
        }
    }
}
