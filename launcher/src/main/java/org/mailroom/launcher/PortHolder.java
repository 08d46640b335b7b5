package org.mailroom.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens on a port, as far as Linux tells this user. */
final class PortHolder {
    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Such as {@code nginx (process 4711)}; empty where it cannot be found out. */
    static String of(int port) {
        var sockets = sockets(port);
        if (sockets.isEmpty()) {
            return "";
        }
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (holds(process, sockets)) {
                    var name = Files.readString(process.resolve("comm")).strip();
                    return name + " (process " + process.getFileName() + ")";
                }
            }
        } catch (IOException e) {
            // Gone meanwhile, or not ours to see.
        }
        return "";
    }

    /** The inodes of the sockets that listen on the port. */
    private static Set<String> sockets(int port) {
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        var inodes = new HashSet<String>();
        for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try (var lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(f -> f.length > 9 && f[1].endsWith(suffix) && f[3].equals(LISTENING))
                        .forEach(f -> inodes.add("socket:[" + f[9] + "]"));
            } catch (IOException e) {
                // No such table here.
            }
        }
        return inodes;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.anyMatch(descriptor -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }
}
