package org.mailroom.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that a state can name.
 *
 * @param name as {@code accounts}
 * @param keys the fields that say which one it is; none: there is one at most
 * @param fields all of its fields
 * @param present those that are there
 * @param ask what others have to be asked before one is made or changed; nothing is held then
 * @param put makes one, or changes it; the row has all fields
 * @param vanishes whether one that says nothing is none
 * @param settle has fields of a wish that belong together say the same
 */
record StateSection(
        String name,
        List<String> keys,
        Map<String, StateField> fields,
        Present present,
        Deed ask,
        Put put,
        Deed remove,
        boolean vanishes,
        Consumer<StateRow> settle) {
    StateSection(
            String name, List<String> keys, Map<String, StateField> fields, Present present, Put put, Deed remove) {
        this(name, keys, fields, present, _ -> {}, put, remove, false, _ -> {});
    }

    interface Present {
        List<StateRow> rows() throws AdminException;
    }

    interface Deed {
        void of(StateRow row) throws AdminException;
    }

    interface Put {
        /** @param isNew whether there is none of that key yet */
        void of(StateRow row, boolean isNew) throws AdminException;
    }

    /** The same, of things that are there only as long as they say something. */
    StateSection vanishing() {
        return new StateSection(name, keys, fields, present, ask, put, remove, true, settle);
    }

    /** The same, of things that need somebody's consent. */
    StateSection asking(Deed question) {
        return new StateSection(name, keys, fields, present, question, put, remove, vanishes, settle);
    }

    /** The same, of things of which one field decides about another. */
    StateSection settling(Consumer<StateRow> decision) {
        return new StateSection(name, keys, fields, present, ask, put, remove, vanishes, decision);
    }

    /** Whether a row that is not there need not be made. */
    boolean isNothing(StateRow row) {
        return vanishes
                && row.fields().entrySet().stream()
                        .allMatch(field -> keys.contains(field.getKey()) || field.getValue() == null);
    }

    /** Fields in their order: names and kinds in turns. */
    static Map<String, StateField> fields(Object... pairs) {
        var fields = new LinkedHashMap<String, StateField>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], (StateField) pairs[i + 1]);
        }
        return fields;
    }

    static List<String> sorted(List<String> texts) {
        return List.copyOf(new TreeSet<>(texts));
    }

    /** Null where there is none; what is too large for its field is refused as the largest would be. */
    static @Nullable Integer small(@Nullable Long number) {
        return number == null ? null : Integer.valueOf((int) Math.clamp(number, -1, Integer.MAX_VALUE));
    }

    StateField field(String field) {
        return Objects.requireNonNull(fields.get(field));
    }

    String key(StateRow row) {
        return keys.stream().map(row::text).collect(Collectors.joining(" ")).strip();
    }
}
