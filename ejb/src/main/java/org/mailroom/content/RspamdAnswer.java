package org.mailroom.content;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;

/**
 * What rspamd said.
 *
 * @param action what it advises, in its own words
 * @param required the score from which it advises to reject
 * @param message what to tell the client, if it says; otherwise empty
 */
record RspamdAnswer(String action, double score, double required, String message) {
    private static final String RULE = "rspamd";
    private static final int LONGEST_ACTION = 40;
    private static final int LONGEST_MESSAGE = 200;

    /** Throws JsonException where the octets are no answer. */
    static RspamdAnswer read(byte[] json) {
        try (var reader = Json.createReader(new ByteArrayInputStream(json))) {
            var answer = reader.readObject();
            var action = answer.getString("action", "");
            if (action.isEmpty()) {
                throw new JsonException("an answer without action");
            }
            return new RspamdAnswer(
                    plain(action, LONGEST_ACTION),
                    number(answer, "score"),
                    number(answer, "required_score"),
                    plain(message(answer), LONGEST_MESSAGE));
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

    /** It may quote the message, and goes into a reply and a header. */
    private static String plain(String text, int most) {
        return text.substring(0, Math.min(text.length(), most)).replaceAll("[^ -~]", "?");
    }

    /** What that means for the message. Nothing is thrown away in silence: "discard" and "quarantine" become junk. */
    Decision decision() {
        return switch (action) {
            case "reject" ->
                Decision.refuse(Reason.POLICY, RULE, said("This message looks like spam"))
                        .detail(detail());
            // "greylist" alone is a score and no demand to wait: rspamd's greylisting asks for that by "soft reject".
            case "soft reject" ->
                Decision.defer(Reason.NOT_YET, RULE, said("Not now; try again later"))
                        .detail(detail());
            case "add header", "rewrite subject", "quarantine", "discard" -> Decision.junk(RULE, detail());
            default -> Decision.pass(RULE, detail());
        };
    }

    private String said(String otherwise) {
        return message.isBlank() ? otherwise : message;
    }

    private String detail() {
        return String.format(Locale.ROOT, "%s, score %.2f of %.2f", action, score, required);
    }
}
