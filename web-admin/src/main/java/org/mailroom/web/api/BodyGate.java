package org.mailroom.web.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body against what the call says that it takes, before anything is done: a field that is misspelled is one that is missing,
 * and what is missing would be taken for nothing.
 */
@Provider
public class BodyGate implements ReaderInterceptor {
    @Context
    private ResourceInfo resource;

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() != JsonStructure.class) {
            return context.proceed();
        }
        var stream = new PushbackInputStream(context.getInputStream());
        int first = stream.read();
        if (first >= 0) {
            stream.unread(first);
        }
        context.setInputStream(stream);
        var body = context.proceed();
        var wrong = wrong(resource.getResourceMethod(), first >= 0, body);
        if (wrong.isPresent()) {
            throw new Refusal(400, wrong.get());
        }
        return body;
    }

    /** @param sent whether there was a body at all: {@code null} is one, too */
    static Optional<String> wrong(Method method, boolean sent, @Nullable Object body) {
        if (sent && !(body instanceof JsonStructure)) {
            return Optional.of("The body is a JSON object");
        }
        var takes = method.getAnnotation(Takes.class);
        var given = body == null ? JsonValue.EMPTY_JSON_OBJECT : body;
        if (takes == null || !(given instanceof JsonObject fields)) {
            return Optional.empty();
        }
        var known = Shapes.fields(takes);
        return unknown(fields, known.keySet())
                // What a change does not name stays as it is.
                .or(() -> method.isAnnotationPresent(PATCH.class) ? Optional.empty() : missing(fields, known));
    }

    private static Optional<String> unknown(JsonObject fields, Set<String> known) {
        return fields.keySet().stream()
                .filter(field -> !known.contains(field))
                .findFirst()
                .map(field -> "There is no field \"" + field + "\" here; there are " + String.join(", ", known));
    }

    private static Optional<String> missing(JsonObject fields, Map<String, Boolean> known) {
        return known.entrySet().stream()
                .filter(field -> field.getValue() && !fields.containsKey(field.getKey()))
                .findFirst()
                .map(field -> "\"" + field.getKey() + "\" is needed");
    }
}
