package org.mailroom.admin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One kind of thing that a state can name.
 *
 * @param name as {@code accounts}
 * @param keys the fields that say which one it is
 * @param fields all of its fields
 * @param present those that are there
 * @param put makes one, or changes it; the row has all fields
 */
record StateSection(
        String name, List<String> keys, Map<String, StateField> fields, Present present, Put put, Deed remove) {

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

    StateField field(String field) {
        return Objects.requireNonNull(fields.get(field));
    }

    String key(StateRow row) {
        return keys.stream().map(row::text).collect(Collectors.joining(" ")).strip();
    }
}
