package org.mailroom.content;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;

/** What a bean of another application said; its words go into replies, so they become one line each. */
final class OutsideAnswer {
    private static final int LONGEST = 200;
    private static final int LONGEST_ANSWER = 64 * 1024;

    private OutsideAnswer() {}

    /** Throws where it makes no sense. */
    static Decision read(String rule, @Nullable String answer, Facts facts) throws IOException {
        if (answer == null || answer.isBlank()) {
            return Decision.NONE;
        }
        if (answer.length() > LONGEST_ANSWER) {
            throw new IOException("an answer of " + answer.length() + " characters");
        }
        try (var reader = Json.createReader(new StringReader(answer))) {
            var json = reader.readObject();
            if (json.get("facts") instanceof JsonObject found) {
                found.keySet().stream()
                        // Whom to spare is said by an action, which is traced.
                        .filter(name -> name.matches("[\\w.-]{1,60}") && !name.equals(Facts.ALLOWED))
                        .forEach(name -> facts.put(name, text(found, name)));
            }
            return decision(rule, json, facts);
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Decision decision(String rule, JsonObject json, Facts facts) throws IOException {
        var detail = text(json, "detail");
        var text = text(json, "text");
        var said = text.isEmpty() ? "Not wanted here (" + rule + ")" : text;
        return switch (text(json, "action")) {
            case "" -> Decision.NONE;
            case "pass" -> Decision.pass(rule, detail);
            case "allow" -> {
                facts.put(Facts.ALLOWED, rule);
                yield Decision.pass(rule, detail.isEmpty() ? "allowed" : "allowed: " + detail);
            }
            case "refuse" -> Decision.refuse(Reason.POLICY, rule, said).detail(detail);
            case "defer" -> Decision.defer(Reason.NOT_YET, rule, said).detail(detail);
            case "junk" -> Decision.junk(rule, detail);
            case "quarantine" -> Decision.quarantine(rule, detail);
            case "discard" -> Decision.discard(rule, detail);
            case "bounce" -> Decision.bounce(rule, detail, said);
            default -> throw new IOException("an unknown action");
        };
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? Checker.plain(text.getString(), LONGEST) : "";
    }
}
