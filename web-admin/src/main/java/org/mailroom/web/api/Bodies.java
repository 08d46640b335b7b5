package org.mailroom.web.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what callers sent, field by field, and says which one is wrong. */
final class Bodies {
    private static final ValueRange YEARS = ValueRange.of(1, 9999);

    private Bodies() {}

    /** The object that a body holds; an empty one where there is no body. */
    static JsonObject object(@Nullable JsonStructure body) {
        return switch (body) {
            case null -> JsonValue.EMPTY_JSON_OBJECT;
            case JsonObject object -> object;
            default -> throw new Refusal(400, "The body is a JSON object");
        };
    }

    static String text(JsonObject body, String field) {
        var value = optionalText(body, field);
        if (value == null || value.isBlank()) {
            throw new Refusal(400, "\"" + field + "\" is needed");
        }
        return value;
    }

    static @Nullable String optionalText(JsonObject body, String field) {
        JsonValue value = body.get(field);
        return switch (value) {
            case null -> null;
            case JsonString text -> kept(field, text.getString());
            default -> {
                if (value == JsonValue.NULL) {
                    yield null;
                }
                throw new Refusal(400, "\"" + field + "\" is a text");
            }
        };
    }

    /** A time of a year that has four figures; null where there is none. */
    static @Nullable Instant time(JsonObject body, String field) {
        var text = optionalText(body, field);
        return text == null
                ? null
                : time(text)
                        .orElseThrow(
                                () -> new Refusal(400, "\"" + field + "\" is a time such as 2027-01-31T00:00:00Z"));
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(time ->
                            YEARS.isValidValue(time.atOffset(ZoneOffset.UTC).getYear()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String kept(String field, String text) {
        if (!canBeKept(text)) {
            throw new Refusal(400, "\"" + field + "\" is a text without NUL");
        }
        return text;
    }

    /** The database keeps no text with a NUL. */
    static boolean canBeKept(String text) {
        return text.indexOf('\0') < 0;
    }

    /** A list of texts; an empty one where there is none. */
    static List<String> texts(JsonObject body, String field) {
        return switch (body.getOrDefault(field, JsonValue.EMPTY_JSON_ARRAY)) {
            case JsonArray array
            when array.stream().allMatch(JsonString.class::isInstance) ->
                array.getValuesAs(JsonString::getString).stream()
                        .map(text -> kept(field, text))
                        .toList();
            default -> throw new Refusal(400, "\"" + field + "\" is a list of texts");
        };
    }

    static boolean truth(JsonObject body, String field) {
        return switch (body.getOrDefault(field, JsonValue.NULL).getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw new Refusal(400, "\"" + field + "\" is true or false");
        };
    }

    /** A whole number, or null where the caller wrote null to lift a limit. */
    static @Nullable Long limit(JsonObject body, String field) {
        if (body.get(field) == JsonValue.NULL) {
            return null;
        }
        if (body.get(field) instanceof JsonNumber number && number.isIntegral()) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException tooLarge) {
                throw new Refusal(400, "\"" + field + "\" is too large");
            }
        }
        throw new Refusal(400, "\"" + field + "\" is a whole number, or null for no limit");
    }
}
