package org.mailroom.admin;

import java.util.List;

/**
 * What has to be done, or was done, so that one thing is as a file says.
 *
 * @param deed add, change or remove
 * @param section as {@code accounts}
 * @param name which one
 * @param fields what is another than before
 */
public record StateChange(String deed, String section, String name, List<Field> fields) {
    public StateChange {
        fields = List.copyOf(fields);
    }

    /** A field before and after, as text; lists in brackets. */
    public record Field(String field, String before, String after) {}
}
