package org.mailroom.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A properties file that people edit, too: what is set replaces its own line and leaves comments and order alone, which
 * {@link Properties#store} does not.
 */
final class PropertiesFile {
    private final Path file;
    private final List<String> lines;
    private final Properties values = new Properties();

    private PropertiesFile(Path file, List<String> lines) {
        this.file = file;
        this.lines = new ArrayList<>(lines);
        parse();
    }

    /** An absent file is an empty one. */
    static PropertiesFile read(Path file) {
        try {
            return new PropertiesFile(file, Files.exists(file) ? Files.readAllLines(file) : List.of());
        } catch (IOException | IllegalArgumentException e) {
            throw new Trouble(
                    "cannot read " + file + ": " + e.getMessage() + ". It must be UTF-8 text with lines key=value.", e);
        }
    }

    @Nullable
    String get(String key) {
        return values.getProperty(key);
    }

    void set(String key, String value) {
        if (value.equals(get(key))) {
            return;
        }
        remove(key);
        lines.add(line(key, value));
        parse();
    }

    void remove(String key) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (keyOf(lines.get(i)).equals(key)) {
                int end = i + 1;
                while (end < lines.size() && continues(lines.get(end - 1))) {
                    end++;
                }
                lines.subList(i, end).clear();
            }
        }
        parse();
    }

    /** Replaces the file in one step, readable by its owner only. */
    void save() {
        Secrets.write(file, String.join("\n", lines) + "\n");
    }

    /** The file as its reader sees it, in a fixed order: two of these are equal when they say the same. */
    String meaning() {
        var text = new StringBuilder();
        values.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> text.append(key)
                        .append('=')
                        .append(values.getProperty(key))
                        .append('\n'));
        return text.toString();
    }

    private void parse() {
        try {
            values.clear();
            values.load(new StringReader(String.join("\n", lines)));
            values.replaceAll((key, value) -> value.toString().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static String keyOf(String line) {
        try {
            var one = new Properties();
            one.load(new StringReader(line));
            return one.isEmpty() ? "" : one.stringPropertyNames().iterator().next();
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Escaped as the format wants it; letters outside ASCII stay readable, as the file is UTF-8. */
    private static String line(String key, String value) {
        try {
            var one = new Properties();
            one.setProperty(key, value);
            var text = new StringWriter();
            one.store(text, null);
            return text.toString()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
