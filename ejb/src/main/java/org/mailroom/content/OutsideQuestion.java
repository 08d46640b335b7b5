package org.mailroom.content;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Objects;
import org.mailroom.contract.Envelope;
import org.mailroom.policy.Question;

/** A question as JSON, in the form of {@link org.mailroom.contract.policy.OutsidePolicyMXBean}. */
final class OutsideQuestion {
    private OutsideQuestion() {}

    static String of(Question question) {
        var json = common(question);
        switch (question) {
            case Question.Connection _ -> json.add("step", "connection");
            case Question.Sender sender ->
                json.add("step", "sender").add("sender", sender.envelope().reversePath());
            case Question.Recipient recipient ->
                json.add("step", "recipient")
                        .add("sender", recipient.envelope().reversePath())
                        .add("recipient", recipient.recipient().address());
            case Question.Content content -> content(json, content);
        }
        return json.build().toString();
    }

    private static JsonObjectBuilder common(Question question) {
        var client = question.client();
        var facts = Json.createObjectBuilder();
        question.facts().all().forEach(facts::add);
        return Json.createObjectBuilder()
                .add("session", client.session())
                .add("role", client.role().name().toLowerCase(Locale.ROOT))
                .add("address", client.address().getAddress().getHostAddress())
                .add("helo", client.helo())
                .add("tls", client.tls() == null ? "no" : "yes")
                .add("login", Objects.requireNonNullElse(client.loginName(), ""))
                .add("facts", facts);
    }

    private static void content(JsonObjectBuilder json, Question.Content content) {
        var recipients = Json.createArrayBuilder();
        content.envelope().recipients().stream()
                .map(Envelope.Recipient::address)
                .forEach(recipients::add);
        var header = Json.createArrayBuilder();
        content.header()
                .fields()
                .forEach(field -> header.add(
                        Json.createObjectBuilder().add("name", field.name()).add("value", field.value())));
        json.add("step", "content")
                .add("sender", content.envelope().reversePath())
                .add("recipients", recipients)
                .add("queueId", content.queueId())
                .add("size", content.source().size())
                .add("header", header);
    }
}
