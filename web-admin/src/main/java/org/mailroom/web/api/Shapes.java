package org.mailroom.web.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.Page;
import org.mailroom.admin.StateSections;

/** Schemas (JSON Schema, as OpenAPI 3.1 has it) of what goes over the API: records by their components, wishes by their fields. */
final class Shapes {
    private static final Pattern FIELD =
            Pattern.compile("(\\w+)(\\?)? (text|texts|truth|number|numbers|object)(?: = (.*))?", Pattern.DOTALL);

    private final Map<String, Object> named = new TreeMap<>();

    /** Those that others refer to. */
    Map<String, Object> named() {
        return named;
    }

    Map<String, Object> of(Type type) {
        return switch (type) {
            case ParameterizedType generic -> generic(generic);
            case Class<?> plain -> plain(plain);
            default -> Map.of();
        };
    }

    private Map<String, Object> generic(ParameterizedType type) {
        var raw = (Class<?>) type.getRawType();
        var inside = type.getActualTypeArguments();
        if (raw == Page.class) {
            return object(
                    Map.of("rows", list(of(inside[0])), "total", Map.of("type", "integer")), List.of("rows", "total"));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return list(of(inside[0]));
        }
        return Map.of("type", "object", "additionalProperties", of(inside[1]));
    }

    private Map<String, Object> plain(Class<?> type) {
        if (type.isArray()) {
            return list(of(type.getComponentType()));
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        return type.isRecord() ? reference(type) : Map.of();
    }

    private Map<String, Object> reference(Class<?> type) {
        var name = type.getSimpleName();
        if (!named.containsKey(name)) {
            // Named before it is described: it may hold others of its kind.
            named.put(name, Map.of());
            var fields = new LinkedHashMap<String, Object>();
            for (var component : type.getRecordComponents()) {
                fields.put(component.getName(), of(component.getGenericType()));
            }
            // What is null is left out of the answer.
            var always = Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getType().isPrimitive())
                    .map(RecordComponent::getName)
                    .toList();
            named.put(name, object(fields, always));
        }
        return to(name);
    }

    private static Map<String, Object> to(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private static Map<String, Object> list(Map<String, Object> of) {
        return Map.of("type", "array", "items", of);
    }

    private static Map<String, Object> object(Map<String, Object> fields, List<String> required) {
        var object = new LinkedHashMap<String, Object>();
        object.put("type", "object");
        object.put("properties", fields);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }

    /** The names of what a call takes, in their order, and whether each is needed. */
    static Map<String, Boolean> fields(Takes takes) {
        var fields = new LinkedHashMap<String, Boolean>();
        for (var line : takes.value()) {
            var field = field(line);
            fields.put(field.group(1), field.group(2) == null);
        }
        return fields;
    }

    private static Matcher field(String line) {
        var field = FIELD.matcher(line);
        if (!field.matches()) {
            throw new IllegalStateException("no field of the API: " + line);
        }
        return field;
    }

    /** The object that a call takes. */
    Map<String, Object> of(Takes takes) {
        var fields = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var line : takes.value()) {
            var field = field(line);
            fields.put(field.group(1), shape(field.group(3), field.group(4)));
            if (field.group(2) == null) {
                required.add(field.group(1));
            }
        }
        return object(fields, required);
    }

    private static Map<String, Object> shape(String word, @Nullable String example) {
        var shape = new LinkedHashMap<String, Object>(
                switch (word) {
                    case "truth" -> Map.of("type", "boolean");
                    case "number" -> Map.of("type", List.of("integer", "null"));
                    case "texts" -> list(Map.of("type", "string"));
                    case "numbers" -> list(Map.of("type", "integer"));
                    case "object" -> Map.of("type", "object");
                    default -> Map.of("type", List.of("string", "null"));
                });
        if (example != null) {
            shape.put(
                    "example",
                    switch (word) {
                        case "truth" -> Boolean.valueOf(example);
                        case "number" -> Long.valueOf(example);
                        case "texts" -> List.of(example.split(", "));
                        default -> example;
                    });
        }
        return shape;
    }

    /** The state as a whole: lists of objects by section. */
    Map<String, Object> state() {
        var sections = new LinkedHashMap<String, Object>();
        StateSections.shapes().forEach((section, shapes) -> {
            var fields = new LinkedHashMap<String, Object>();
            shapes.forEach((field, kind) -> fields.put(field, shape(kind.shape(), null)));
            sections.put(section, list(object(fields, List.of())));
        });
        named.put("State", object(sections, List.of()));
        return to("State");
    }
}
