package org.mailroom.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program to run: its words, its environment, its input, and how long it may take. */
final class Tool {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private final List<String> words;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Duration patience = Duration.ofMinutes(3);
    private String input = "";

    Tool(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    Tool with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Tool with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    Tool reading(String text) {
        input = text;
        return this;
    }

    Tool within(Duration time) {
        patience = time;
        return this;
    }

    record Result(int code, String output) {
        boolean ok() {
            return code == 0;
        }

        /** The last lines, which usually name the reason. */
        String tail() {
            var lines = output.lines().filter(line -> !line.isBlank()).toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        }
    }

    /** Output and errors go to a file, not a pipe: what a tool leaves running in the background would keep a pipe open. */
    Result run() {
        try {
            var output = Files.createTempFile("mailroom-tool", ".log");
            var given = Files.createTempFile("mailroom-tool", ".in");
            try {
                Files.writeString(given, input);
                var builder = new ProcessBuilder(words)
                        .redirectInput(input.isEmpty() ? new File("/dev/null") : given.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                return new Result(
                        await(builder.start(), patience),
                        new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(given);
            }
        } catch (IOException e) {
            throw new Trouble("cannot run " + words.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** For a tool that has to succeed. */
    String demand(String otherwise) {
        var result = run();
        if (!result.ok()) {
            throw new Trouble(otherwise + "\n" + result.tail());
        }
        return result.output();
    }

    private static int await(Process process, Duration patience) {
        RUNNING.add(process);
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                abandon(process);
                process.waitFor();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            abandon(process);
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted", e);
        } finally {
            RUNNING.remove(process);
        }
    }

    /** Ends what is running, with all that it has begun: half a start must not go on behind the back of who interrupted it. */
    static void abandonAll() {
        RUNNING.forEach(Tool::abandon);
    }

    private static void abandon(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Whether a program of that name can be found. */
    static boolean present(String name) {
        for (var directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
                return true;
            }
        }
        return false;
    }
}
