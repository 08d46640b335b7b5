package org.mailroom.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Why the application would not start, in its own words: one line of the log since the server last came up. */
final class Refusal {
    private static final String BEGIN = "Running Payara Version";
    private static final String MARK = "start status=refused problem=";

    /** Far more than a start writes. */
    private static final int TAIL = 4 << 20;

    private Refusal() {}

    static Optional<String> in(Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var octets = new byte[(int) Math.min(TAIL, file.length())];
            file.seek(file.length() - octets.length);
            file.readFully(octets);
            return since(new String(octets, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> since(String log) {
        int mark = log.lastIndexOf(MARK);
        if (mark < log.lastIndexOf(BEGIN) || mark < 0) {
            return Optional.empty();
        }
        return log.substring(mark + MARK.length()).lines().findFirst();
    }

    static String text(String problem) {
        return "Mailroom refused to start: " + problem;
    }
}
