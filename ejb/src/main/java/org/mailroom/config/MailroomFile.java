package org.mailroom.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The operator's file, named by the system property {@value #PROPERTY}, as a source of MicroProfile Config: above what the
 * application brings along, below environment and system properties. Without the property there is no file, and all
 * defaults hold; a file that is named and cannot be read stops the start, because guessing would be worse.
 */
public final class MailroomFile implements ConfigSource {
    /** The system property with the path of the file. */
    public static final String PROPERTY = "mailroom.config";

    private final String name;
    private final Map<String, String> values;

    /** As the service loader calls it. */
    public MailroomFile() {
        this(path());
    }

    /** The file as it is now; what is in force is as it was at the start. */
    public static MailroomFile now() {
        return new MailroomFile();
    }

    MailroomFile(@Nullable Path path) {
        name = path == null ? "no file (" + PROPERTY + " is not set)" : path.toString();
        values = path == null || Files.notExists(path) ? Map.of() : read(path);
    }

    /** The file, whether it exists or not; null where none was named. */
    public static @Nullable Path path() {
        var path = System.getProperty(PROPERTY, "").strip();
        return path.isEmpty() ? null : Path.of(path).toAbsolutePath();
    }

    private static Map<String, String> read(Path path) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UncheckedIOException(
                    "cannot read the configuration file " + path
                            + ": it must be UTF-8 text with lines key=value that the" + " server's user may read",
                    e instanceof IOException io ? io : new IOException(e));
        }
        var values = new TreeMap<String, String>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
        return values;
    }

    @Override
    public int getOrdinal() {
        return 200;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public Map<String, String> getProperties() {
        return Map.copyOf(values);
    }

    @Override
    public @Nullable String getValue(String key) {
        return values.get(key);
    }
}
