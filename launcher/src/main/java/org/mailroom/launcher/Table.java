package org.mailroom.launcher;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an answer as columns for people. */
final class Table {
    private Table() {}

    /** @param columns names of fields; those that hold a list are joined by commas */
    static void print(List<JsonObject> rows, List<String> columns, PrintStream out) {
        var cells = new ArrayList<List<String>>();
        cells.add(columns);
        rows.forEach(row ->
                cells.add(columns.stream().map(column -> text(row.get(column))).toList()));
        var widths = new int[columns.size()];
        for (var line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (var line : cells) {
            var text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    static String text(@Nullable JsonValue value) {
        return switch (value) {
            case null -> "";
            case JsonString string -> printable(string.getString());
            case JsonArray array ->
                String.join(", ", array.stream().map(Table::text).toList());
            case JsonObject object when object.containsKey("address") -> text(object.get("address"));
            case JsonObject object
            when object.containsKey("member") ->
                text(object.get("member")) + " (" + text(object.get("rights")) + "; sends: " + text(object.get("sends"))
                        + ")";
            default -> value == JsonValue.NULL ? "" : value.toString();
        };
    }

    /** What others sent must not steer the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
