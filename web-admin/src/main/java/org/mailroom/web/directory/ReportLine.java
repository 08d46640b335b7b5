package org.mailroom.web.directory;

/**
 * A line of what a comparison tells, for a table.
 *
 * @param kind {@code new}, {@code changed}, {@code gone}, {@code absent}, {@code group}, {@code problem}; {@code note} for the rest
 * @param who the address, where the line is about one
 */
public record ReportLine(String kind, String who, String detail) {
    static ReportLine of(String line) {
        var parts = line.split(": ", 3);
        if (parts.length > 1 && parts[0].startsWith("group ")) {
            return new ReportLine("group", parts[0].substring("group ".length()), rest(line, parts[0]));
        }
        if (parts.length == 1 || !parts[0].matches("new|changed|gone|absent|problem")) {
            return new ReportLine("note", "", line);
        }
        return new ReportLine(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
    }

    private static String rest(String line, String first) {
        return line.substring(first.length() + 2);
    }
}
