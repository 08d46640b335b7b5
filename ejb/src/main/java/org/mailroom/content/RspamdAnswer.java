package org.mailroom.content;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;

/**
 * What rspamd said.
 *
 * @param action what it advises, in its own words
 * @param required the score from which it advises to reject
 * @param message what to tell the client, if it says; otherwise empty
 */
record RspamdAnswer(String action, double score, double required, String message) {
    private static final int LONGEST_ACTION = 40;
    private static final int LONGEST_MESSAGE = 200;

    /** Throws where the octets are no answer. */
    static RspamdAnswer read(byte[] json) throws IOException {
        try (var reader = Json.createReader(new ByteArrayInputStream(json))) {
            var answer = reader.readObject();
            var action = answer.getString("action", "");
            if (action.isEmpty()) {
                throw new IOException("an answer without action");
            }
            return new RspamdAnswer(
                    Checker.plain(action, LONGEST_ACTION),
                    number(answer, "score"),
                    number(answer, "required_score"),
                    Checker.plain(message(answer), LONGEST_MESSAGE));
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double number(JsonObject answer, String name) {
        return answer.get(name) instanceof JsonNumber number ? number.doubleValue() : 0;
    }

    private static String message(JsonObject answer) {
        return answer.get("messages") instanceof JsonObject messages
                        && messages.get("smtp_message") instanceof JsonString text
                ? text.getString()
                : "";
    }

    String said(String otherwise) {
        return message.isBlank() ? otherwise : message;
    }

    String scoreText() {
        return String.format(Locale.ROOT, "%.2f", score);
    }

    String detail() {
        return String.format(Locale.ROOT, "%s, score %.2f of %.2f", action, score, required);
    }
}
