package org.mailroom.authenticity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.mailroom.contract.MessageSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published suites, which do not travel with the sources: the folder is in {@code MAILROOM_SUITES}. */
final class Suites {
    private Suites() {}

    /** The scenarios of one file; without the folder the test is skipped, aloud. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> read(String file) {
        var folder = System.getenv("MAILROOM_SUITES");
        assumeTrue(folder != null, "MAILROOM_SUITES is not set: " + file + " is not run");
        try (var reader = Files.newBufferedReader(Path.of(folder, file))) {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(true);
            var all = new Yaml(new SafeConstructor(options)).loadAll(reader);
            return StreamSupport.stream(all.spliterator(), false)
                    .map(scenario -> (Map<String, Object>) scenario)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    static MessageSource message(String text) {
        return MessageSource.of(text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
