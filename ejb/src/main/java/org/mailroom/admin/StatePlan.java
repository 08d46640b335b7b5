package org.mailroom.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;

/**
 * What must be done so that the state is as wished, found by comparing field by field. What the wish does not name stays as it
 * is; where it is to be removed, only sections are looked at that the wish has.
 */
public final class StatePlan {
    /** One step: {@code row} is all of a thing as it shall be, or was. */
    record Step(StateSection section, StateRow row, StateChange change) {}

    private final List<Step> removals = new ArrayList<>();
    private final List<Step> puts = new ArrayList<>();

    static StatePlan of(List<StateSection> sections, JsonObject wish, boolean prune) throws AdminException {
        known(sections, wish.keySet());
        var plan = new StatePlan();
        for (var section : sections) {
            if (wish.containsKey(section.name())) {
                plan.compare(section, wish.get(section.name()), prune);
            }
        }
        return plan;
    }

    /** Refuses names of sections that there are none of. */
    static void known(List<StateSection> sections, Collection<String> names) throws AdminException {
        for (var name : names) {
            if (sections.stream().noneMatch(section -> section.name().equals(name))) {
                throw invalid("There is no section \"" + name + "\"; there are "
                        + String.join(
                                ", ", sections.stream().map(StateSection::name).toList()));
            }
        }
    }

    /** In the order in which they can be done: later sections lean on earlier ones. */
    List<Step> steps() {
        var steps = new ArrayList<>(removals.reversed());
        steps.addAll(puts);
        return steps;
    }

    /** Asks those who have to consent to something. It may take its time. */
    void ask() throws AdminException {
        for (var step : puts) {
            step.section.ask().of(step.row);
        }
    }

    List<StateChange> changes() {
        return steps().stream().map(Step::change).toList();
    }

    private void compare(StateSection section, JsonValue wished, boolean prune) throws AdminException {
        var present = new LinkedHashMap<String, StateRow>();
        section.present().rows().forEach(row -> present.put(section.key(row), row));
        var wanted = wanted(section, wished);
        for (var entry : wanted.entrySet()) {
            compare(section, entry.getKey(), entry.getValue(), present.get(entry.getKey()));
        }
        if (prune) {
            present.forEach((key, row) -> {
                if (!wanted.containsKey(key)) {
                    removals.add(new Step(section, row, new StateChange("remove", section.name(), key, List.of())));
                }
            });
        }
    }

    private void compare(StateSection section, String key, StateRow wanted, @Nullable StateRow present) {
        if (present == null && section.isNothing(wanted)) {
            return;
        }
        var whole = present == null ? new StateRow() : present.copy();
        var differences = new ArrayList<StateChange.Field>();
        wanted.fields().forEach((field, wish) -> {
            var value = section.field(field).settled(wish, whole.get(field));
            boolean same = present != null && Objects.equals(value, present.get(field));
            if (!same && !section.keys().contains(field)) {
                differences.add(new StateChange.Field(field, StateRow.shown(whole.get(field)), StateRow.shown(value)));
            }
            whole.with(field, value);
        });
        if (present == null || !differences.isEmpty()) {
            var deed = present == null ? "add" : "change";
            puts.add(new Step(section, whole, new StateChange(deed, section.name(), key, differences)));
        }
    }

    private static Map<String, StateRow> wanted(StateSection section, JsonValue wished) throws AdminException {
        if (!(wished instanceof JsonArray array)) {
            throw invalid("\"" + section.name() + "\" is a list");
        }
        var rows = new LinkedHashMap<String, StateRow>();
        for (int i = 0; i < array.size(); i++) {
            var where = section.name() + "[" + (i + 1) + "]";
            if (!(array.get(i) instanceof JsonObject object)) {
                throw invalid(where + " is an object");
            }
            var row = row(section, object, where);
            if (rows.put(section.key(row), row) != null) {
                throw invalid(where + ": "
                        + (section.keys().isEmpty()
                                ? "there is one at most"
                                : section.key(row) + " stands there twice"));
            }
        }
        return rows;
    }

    private static StateRow row(StateSection section, JsonObject object, String where) throws AdminException {
        var row = new StateRow();
        for (var entry : object.entrySet()) {
            var kind = section.fields().get(entry.getKey());
            if (kind == null) {
                throw invalid(where + " has no field \"" + entry.getKey() + "\"; there are "
                        + String.join(", ", section.fields().keySet()));
            }
            row.with(entry.getKey(), kind.read(entry.getValue(), where + "." + entry.getKey()));
        }
        var keys = section.keys();
        if (!keys.isEmpty() && row.text(keys.getFirst()).isEmpty()) {
            throw invalid(where + "." + keys.getFirst() + " is needed");
        }
        section.settle().accept(row);
        return row;
    }

    private static AdminException invalid(String text) {
        return new AdminException(Kind.INVALID, text);
    }
}
