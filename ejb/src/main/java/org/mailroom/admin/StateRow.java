package org.mailroom.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thing of the state: its fields by name. A value is a text, a truth, a whole number, a list of texts, or null. */
final class StateRow {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    StateRow with(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    StateRow copy() {
        var copy = new StateRow();
        copy.fields.putAll(fields);
        return copy;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    @Nullable
    Object get(String name) {
        return fields.get(name);
    }

    /** Empty where there is none. */
    String text(String name) {
        return get(name) instanceof String text ? text : "";
    }

    @Nullable
    String optional(String name) {
        return (String) get(name);
    }

    boolean truth(String name) {
        return get(name) instanceof Boolean truth && truth;
    }

    @Nullable
    Long number(String name) {
        return (Long) get(name);
    }

    List<String> texts(String name) {
        return get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** What people see of a field: a list in brackets, nothing for what is not set. */
    static String shown(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
