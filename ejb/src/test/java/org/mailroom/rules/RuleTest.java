package org.mailroom.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;

/** What conditions mean. */
class RuleTest {
    private static final String MESSAGE = """
            From: a@there.test
            Subject: =?utf-8?q?You_w=C3=AFn?= a
             prize
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            hello
            --b
            Content-Type: application/octet-stream; name="old.bin"
            Content-Disposition: attachment;
             filename="Invoice.EXE"

            x
            --b
            Content-Disposition: attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.doc

            x
            --b--
            """.replace("\n", "\r\n");

    private static Seen message() {
        var source = MessageSource.of(MESSAGE.getBytes(StandardCharsets.US_ASCII));
        var facts = new Facts();
        facts.put("spf", "fail");
        return Views.of(new Question.Content(
                Clients.stranger("there.test", "192.0.2.77"),
                Envelope.of("A@There.test", List.of("x@here.test", "bob@here.test")),
                "Q1",
                MessageParser.parse(source),
                source,
                facts));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network is 192.0.2.0/24 | YES",
                "network is 192.0.2.78 | NO",
                "not network is 2001:db8::/32 | YES",
                "helo is *.test | YES",
                "helo matches ^there | YES",
                "role is smtp | YES",
                "tls is no | YES",
                "login is ?* | NO",
                "sender is a@there.test | YES",
                "sender is there.test | YES",
                "sender is here.test | NO",
                "sender is <> | NO",
                "recipient is BOB@* | YES",
                "recipient is eve@here.test | NO",
                "size above 100 | YES",
                "size below 100 | NO",
                "header:subject matches w\u00efn a prize$ | YES",
                "header:x-none is * | NO",
                "not header:x-none is * | YES",
                "attachment is *.exe | YES",
                "attachment is r\u00e9sum\u00e9.doc | YES",
                "attachment is old.bin | YES",
                "attachment is *.zip | NO",
                "type is application/octet-stream | YES",
                "type is image/* | NO",
                "fact:spf is fail | YES",
                "fact:dkim is pass | NO"
            })
    void conditions_hold_or_not(String condition, Match match) throws Exception {
        assertThat(Condition.parse(condition).match(message())).isEqualTo(match);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sender",
                "sender is",
                "sender like x",
                "colour is red",
                "header is x",
                "sender:x is y",
                "network is here",
                "network is 192.0.2.0/33",
                "helo matches (",
                "helo above 3",
                "size above many",
                "sender is a\nrecipient is b"
            })
    void nonsense_is_refused_when_it_is_written(String condition) {
        assertThatThrownBy(() -> Condition.parse(condition)).isInstanceOf(BadRule.class);
    }

    @Test
    @Timeout(20)
    void no_expression_takes_more_than_linear_time() throws Exception {
        var seen = PastMail.seen("a@b", List.of(), "", "helo=x subject=" + "a".repeat(100_000) + "!");
        assertThat(Condition.parse("header:subject matches ^(a+)+$").match(seen))
                .isEqualTo(Match.NO);
        assertThat(Condition.parse("header:subject is *a*a*a*a*a*a*a*a*b").match(seen))
                .isEqualTo(Match.NO);
    }

    @Test
    void the_trace_answers_some_conditions_and_says_which_it_does_not() throws Exception {
        var seen = PastMail.seen(
                "a@there.test",
                List.of("bob@here.test"),
                "[IPv6:2001:db8:0:0:0:0:0:1]:4321",
                "helo=there.test with=ESMTPS tls=TLSv1.3 size=123 facts=spf:fail subject=hi size=9");
        assertThat(Condition.parse("network is 2001:db8::/32").match(seen)).isEqualTo(Match.YES);
        assertThat(Condition.parse("size below 200").match(seen)).isEqualTo(Match.YES);
        assertThat(Condition.parse("fact:spf is fail").match(seen)).isEqualTo(Match.YES);
        assertThat(Condition.parse("header:subject is hi*").match(seen)).isEqualTo(Match.YES);
        var rule = Rule.of(new Rule.Written(
                "r",
                1,
                true,
                Rule.Action.REFUSE,
                List.of("attachment is *.exe", "sender is there.test", "header:x-spam is yes"),
                ""));
        assertThat(rule.match(seen)).isEqualTo(Match.UNKNOWN);
        assertThat(rule.unanswered(seen)).containsExactly("attachment is *.exe", "header:x-spam is yes");
    }
}
