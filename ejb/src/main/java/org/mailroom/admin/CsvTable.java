package org.mailroom.admin;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;

/** Rows of cells as spreadsheets write them (RFC 4180), divided by commas, semicolons or tabs as the first line is. */
final class CsvTable {
    private static final int MOST_CELLS = 50;

    private final String text;
    private final char divider;
    private final List<Row> rows = new ArrayList<>();
    private List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private int line = 1;
    private int begun = 1;

    /** @param line where it begins, counted from 1 */
    record Row(int line, List<String> cells) {}

    private CsvTable(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.divider = divider(this.text.lines().findFirst().orElse(""));
    }

    /** Empty lines are left out. */
    static List<Row> parse(String text) throws AdminException {
        var table = new CsvTable(text);
        table.read();
        return table.rows;
    }

    private static char divider(String first) {
        return first.contains(";") ? ';' : first.contains("\t") ? '\t' : ',';
    }

    private void read() throws AdminException {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            line += letter == '\n' ? 1 : 0;
            if (quoted) {
                boolean doubled = letter == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                i += doubled ? 1 : 0;
                quoted = letter != '"' || doubled;
                if (quoted) {
                    cell.append(letter);
                }
            } else if (letter == '"' && cell.toString().isBlank()) {
                quoted = true;
                cell.setLength(0);
            } else if (letter == divider) {
                endCell();
            } else if (letter == '\n') {
                endRow();
            } else if (letter != '\r') {
                cell.append(letter);
            }
        }
        if (quoted) {
            throw new AdminException(Kind.INVALID, "Line " + begun + " has a quotation mark that is not closed");
        }
        endRow();
    }

    private void endCell() throws AdminException {
        if (cells.size() == MOST_CELLS) {
            throw new AdminException(Kind.INVALID, "Line " + begun + " has too many columns");
        }
        cells.add(cell.toString().strip());
        cell.setLength(0);
    }

    private void endRow() throws AdminException {
        endCell();
        if (cells.stream().anyMatch(one -> !one.isEmpty())) {
            rows.add(new Row(begun, List.copyOf(cells)));
        }
        cells = new ArrayList<>();
        begun = line;
    }
}
