package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, a/b/c, true",
        "%, a, true",
        "%, a/b, false",
        "%/%, a/b, true",
        "a/%, a/b/c, false",
        "a*c, a/b/c, true",
        "a%c, abc, true",
        "a%c, a/c, false",
        "inbox, INBOX, true",
        "inbox/*, INBOX/x, true",
        "inboxes, INBOXES, false",
        "Sent, sent, false",
        "*%, a/b, true",
        "Entw&APw-rfe%, Entwürfe2, true"
    })
    void wildcards(String pattern, String name, boolean matches) throws BadSyntax {
        assertThat(MailboxPattern.of("", pattern, false).matches(name)).isEqualTo(matches);
    }

    @Test
    void the_reference_stands_before() throws BadSyntax {
        assertThat(MailboxPattern.of("Archive/", "%", false).matches("Archive/2026"))
                .isTrue();
        assertThat(MailboxPattern.of("Archive/", "%", false).matches("2026")).isFalse();
    }

    @Test
    void many_wildcards_take_no_time() throws BadSyntax {
        var pattern = MailboxPattern.of("", "*a".repeat(2000) + "b", false);
        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(pattern.matches("a".repeat(3000))).isFalse());
    }

    @Test
    void nor_do_runs_of_them() throws BadSyntax {
        var pattern = MailboxPattern.of("", "*%".repeat(30_000) + "b", false);
        var name = "a".repeat(250);
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 1000; i++) {
                assertThat(pattern.matches(name)).isFalse();
            }
        });
    }

    @Test
    void matches_as_an_expression_does() throws BadSyntax {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var pattern = some(random, "ab/%*");
            var name = some(random, "ab/");
            var expression = pattern.replace("*", ".*").replace("%", "[^/]*");
            assertThat(MailboxPattern.of("", pattern, false).matches(name))
                    .as(pattern + " " + name)
                    .isEqualTo(name.matches(expression));
        }
    }

    private static String some(Random random, String of) {
        return random.ints(random.nextInt(7), 0, of.length())
                .collect(StringBuilder::new, (b, c) -> b.append(of.charAt(c)), StringBuilder::append)
                .toString();
    }
}
