package org.mailroom.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers of others from Debian's packages, which are installed where that is possible. */
final class DebianPackage {
    private DebianPackage() {}

    /** Skips the test aloud where the program is not there and its packages cannot be had. */
    static Path program(String path, String... packages) throws IOException, InterruptedException {
        var program = Path.of(path);
        if (!Files.isExecutable(program) && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            install(packages);
        }
        boolean there = Files.isExecutable(program);
        if (!there) {
            System.err.println(
                    "SKIPPED: " + String.join(" ", packages) + " is not installed, and apt-get cannot install it");
        }
        assumeTrue(there, String.join(" ", packages) + " is not installed");
        return program;
    }

    private static void install(String... packages) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
        command.addAll(List.of(packages));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        var process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
