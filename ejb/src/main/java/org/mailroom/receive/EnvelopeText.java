package org.mailroom.receive;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailroom.contract.Envelope;

/** An envelope as JSON, in the form of the queue's columns. */
final class EnvelopeText {
    private EnvelopeText() {}

    static String parameters(Envelope envelope) {
        return object(envelope.parameters()).toString();
    }

    static String recipients(Envelope envelope) {
        var array = Json.createArrayBuilder();
        envelope.recipients()
                .forEach(to -> array.add(Json.createObjectBuilder()
                        .add("address", to.address())
                        .add("parameters", object(to.parameters()))));
        return array.build().toString();
    }

    private static JsonObject object(Map<String, String> texts) {
        return Json.createObjectBuilder(Map.<String, Object>copyOf(texts)).build();
    }

    static Envelope read(String reversePath, String parameters, String recipients) {
        try (var mail = Json.createReader(new StringReader(parameters));
                var rcpt = Json.createReader(new StringReader(recipients))) {
            return new Envelope(reversePath, map(mail.readObject()), addresses(rcpt.readArray()));
        }
    }

    private static java.util.List<Envelope.Recipient> addresses(JsonArray array) {
        return array.getValuesAs(JsonObject.class).stream()
                .map(to -> new Envelope.Recipient(to.getString("address"), map(to.getJsonObject("parameters"))))
                .toList();
    }

    private static Map<String, String> map(JsonObject object) {
        return object.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ((JsonString) entry.getValue()).getString()));
    }
}
