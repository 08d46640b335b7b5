package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of others, which run in a folder that they take for the user's home; one that is not installed is skipped, aloud. */
final class Programs {
    private final Path home;

    Programs(Path home) {
        this.home = home;
    }

    static void installed(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!there) {
            System.err.println("SKIPPED: " + program + " is not installed");
        }
        assumeTrue(there, program + " is not installed");
    }

    /** A file that only its owner may read, as programs demand where a password stands in it. */
    Path secret(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    record Ended(int code, String output) {}

    /** Runs to its end, which must come within two minutes. */
    Ended execute(String program, Object... arguments) throws IOException, InterruptedException {
        installed(program);
        var command = Stream.concat(Stream.of(program), Stream.of(arguments).map(Object::toString))
                .toList();
        var output = Files.createTempFile(home, "output", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        var process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        var text = Files.readString(output);
        assertThat(ended).as("ends: " + command + "\n" + text).isTrue();
        return new Ended(process.exitValue(), text);
    }

    /** Runs, and must succeed. */
    String run(String program, Object... arguments) throws IOException, InterruptedException {
        var ended = execute(program, arguments);
        assertThat(ended.code).as(program + "\n" + ended.output).isZero();
        return ended.output;
    }
}
