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

/**
 * Mail programs of others, run with a folder as their home. One that is not installed is skipped, and the report says so;
 * {@code ./mailroom test} installs them where it may.
 */
record Program(Path home) {
    record Ended(int code, String output) {}

    static void installed(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!there) {
            System.err.println("SKIPPED: " + program + " is not installed");
        }
        assumeTrue(there, program + " is not installed");
    }

    /** Runs it, and it must succeed. */
    String run(String program, Object... arguments) throws Exception {
        var ended = execute(program, arguments);
        assertThat(ended.code).as(program + ": " + ended.output).isZero();
        return ended.output;
    }

    Ended execute(String program, Object... arguments) throws Exception {
        installed(program);
        var command = Stream.concat(Stream.of(program), Stream.of(arguments).map(Object::toString))
                .toList();
        var output = home.resolve("output");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        var process = builder.start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        var text = Files.readString(output);
        assertThat(ended).as(command + "\n" + text).isTrue();
        return new Ended(process.exitValue(), text);
    }

    /** A file with a password: programs refuse one that others may read. */
    Path secret(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
