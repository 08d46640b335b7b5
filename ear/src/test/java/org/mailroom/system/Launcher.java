package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mailroom.ServerLog;

/** The command that an operator types, for a home. */
record Launcher(Path home) {
    private static final Path SCRIPT = Path.of(System.getProperty("mailroom.script", "../mailroom"));

    /** @param output standard output and error together */
    record Result(int code, String output) {}

    Path script() {
        return SCRIPT.toAbsolutePath();
    }

    /** A command that must succeed. */
    String run(String... words) {
        var result = execute(words);
        assertThat(result.code)
                .as(() -> words[0] + "\n" + result.output + "\n"
                        + ServerLog.trouble(home.resolve("server/domains/mailroom/logs/server.log")))
                .isZero();
        return result.output;
    }

    /** {@code ./mailroom words… --home …} */
    Result execute(String... words) {
        try {
            var command = new ArrayList<String>();
            command.add(SCRIPT.toString());
            command.addAll(List.of(words));
            command.addAll(List.of("--home", home.toString()));
            Files.createDirectories(home.getParent());
            var output = Files.createTempFile("mailroom-command", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(15, TimeUnit.MINUTES))
                    .as("ends: " + command)
                    .isTrue();
            var text = Files.readString(output);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
