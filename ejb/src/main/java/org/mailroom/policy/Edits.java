package org.mailroom.policy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What policies change in a header.
 *
 * @param added whole fields with their line ends, to stand below our Received and above what came, in this order
 * @param removed what goes of the fields that came
 */
public record Edits(List<String> added, List<Removal> removed) {
    public static final Edits NONE = new Edits(List.of(), List.of());

    public Edits {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /**
     * Fields that a stranger may not pretend to have from us.
     *
     * @param name in any case
     * @param value which of them, by the unfolded value
     */
    public record Removal(String name, Predicate<String> value) {
        /** All fields of a name. */
        public static Removal of(String name) {
            return new Removal(name, any -> true);
        }

        public boolean matches(Header.Field field) {
            return field.name().equalsIgnoreCase(name) && value.test(field.value());
        }
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }

    Edits add(String field) {
        return new Edits(Stream.concat(added.stream(), Stream.of(field)).toList(), removed);
    }

    public Edits remove(Removal removal) {
        return new Edits(
                added, Stream.concat(removed.stream(), Stream.of(removal)).toList());
    }

    /** Those of several decisions, in order. */
    public static Edits of(List<Decision> decisions) {
        return new Edits(
                decisions.stream()
                        .flatMap(each -> each.edits().added().stream())
                        .toList(),
                decisions.stream()
                        .flatMap(each -> each.edits().removed().stream())
                        .toList());
    }
}
