package org.mailroom.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Decision.Action;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;

/** What is said to beans of other applications, and what of their words is taken. */
class OutsideAnswerTest {
    private final Facts facts = new Facts();

    private Decision answered(String answer) throws IOException {
        return OutsideAnswer.read("bean Judge", answer, facts);
    }

    @ParameterizedTest
    @CsvSource({
        "pass, PASS",
        "allow, PASS",
        "refuse, REFUSE",
        "defer, DEFER",
        "junk, JUNK",
        "quarantine, QUARANTINE",
        "discard, DISCARD",
        "bounce, BOUNCE",
        "'', NONE"
    })
    void each_action_has_its_decision(String action, Action decision) throws Exception {
        assertThat(answered("{\"action\":\"" + action + "\"}").action()).isEqualTo(decision);
        assertThat(facts.isAllowed()).isEqualTo(action.equals("allow"));
    }

    @Test
    void no_answer_is_no_opinion() throws Exception {
        assertThat(answered("")).isEqualTo(Decision.NONE);
        assertThat(OutsideAnswer.read("bean Judge", null, facts)).isEqualTo(Decision.NONE);
        assertThat(answered("{}")).isEqualTo(Decision.NONE);
    }

    @Test
    void its_words_become_one_harmless_line_and_its_facts_are_known() throws Exception {
        var decision = answered("""
                {"action": "refuse", "text": "No\\r\\n250 ok", "detail": "x\\u202e",
                 "facts": {"country": "XY", "allowed": "me", "bad name": "x", "number": 1}}""");
        assertThat(decision.text()).isEqualTo("No??250 ok");
        assertThat(decision.detail()).isEqualTo("x?");
        assertThat(facts.get("country")).contains("XY");
        assertThat(facts.isAllowed()).isFalse();
        assertThat(facts.get("bad name")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"action\":\"accept\"}", "{\"action\":"})
    void nonsense_is_as_no_answer_in_time(String answer) {
        assertThatThrownBy(() -> answered(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void it_is_told_what_is_known() {
        var source = MessageSource.of("Subject: a \"b\"\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
        facts.put("spf", "fail");
        var question = OutsideQuestion.of(new Question.Content(
                Clients.stranger("mx.there.test", "192.0.2.1"),
                Envelope.of("a@there.test", List.of("bob@here.test", "eve@here.test")),
                "Q1",
                MessageParser.parse(source),
                source,
                facts));
        assertThat(question)
                .contains("\"step\":\"content\"", "\"role\":\"smtp\"", "\"address\":\"192.0.2.1\"", "\"tls\":\"no\"")
                .contains("\"helo\":\"mx.there.test\"", "\"login\":\"\"", "\"facts\":{\"spf\":\"fail\"}")
                .contains("\"sender\":\"a@there.test\"", "\"recipients\":[\"bob@here.test\",\"eve@here.test\"]")
                .contains("\"size\":24", "\"header\":[{\"name\":\"Subject\",\"value\":\"a \\\"b\\\"\"}]");
    }
}
