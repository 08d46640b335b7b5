package org.mailroom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a server said of its trouble, short enough for the message of a test that fails. */
public final class ServerLog {
    private static final Pattern TROUBLE =
            Pattern.compile("\\[SEVERE]|\\[ERROR]|^Caused by|^[\\w.]+(Exception|Error)\\b");
    private static final int LINES = 12;
    private static final int WIDTH = 240;

    private ServerLog() {}

    /** The last lines of trouble; empty where there is no log. */
    public static String trouble(Path log) {
        if (!Files.exists(log)) {
            return "";
        }
        // Not UTF-8 for certain: a client's octets may stand in it.
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            var found = lines.filter(line -> TROUBLE.matcher(line).find())
                    .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) : line)
                    .toList();
            return String.join("\n", found.subList(Math.max(0, found.size() - LINES), found.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
