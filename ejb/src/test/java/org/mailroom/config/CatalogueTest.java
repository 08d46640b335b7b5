package org.mailroom.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.mailroom.TestConfig;

/** The annotated sample, the keys that the sources name, and the defaults that they take are one and the same. */
class CatalogueTest {
    private static final Path ROOT =
            Path.of("").toAbsolutePath().getFileName().endsWith("ejb") ? Path.of("..") : Path.of("");
    private static final Pattern LITERAL = Pattern.compile("\"(mail\\.[a-z0-9.-]*[a-z0-9])\"");
    // Names that are put together, "mail." + name + ".port": those of the house, and those of the launcher.
    private static final Pattern LISTENER =
            Pattern.compile("(?:listener\\(settings, address, |[A-Z0-9]+\\()\"([a-z0-9]+)\", (?:Protocol|\\d)");

    private final Catalogue catalogue = Catalogue.load();

    @Test
    void every_key_that_the_sources_name_is_in_the_catalogue() throws Exception {
        assertThat(catalogue.entries().keySet()).containsAll(named());
    }

    @Test
    void every_key_of_the_catalogue_is_named_by_the_sources() throws Exception {
        assertThat(named()).containsAll(catalogue.entries().keySet());
    }

    /** The others take effect when Mailroom itself starts. */
    @Test
    void keys_that_only_the_launcher_reads_stand_in_its_section() throws Exception {
        var only = named(List.of("launcher"));
        only.removeAll(named(List.of("ejb", "connector", "web-admin")));
        assertThat(only)
                .containsExactlyElementsOf(catalogue.entries().values().stream()
                        .filter(Catalogue.Entry::launcher)
                        .map(Catalogue.Entry::key)
                        .sorted()
                        .toList());
    }

    @Test
    void every_key_is_described() {
        assertThat(catalogue.entries().values())
                .allSatisfy(
                        entry -> assertThat(entry.description()).as(entry.key()).isNotBlank());
    }

    @Test
    void the_defaults_are_those_of_the_settings_records() throws Exception {
        var nothing = TestConfig.of(Map.of());
        var everything = TestConfig.of(catalogue.entries().values().stream()
                .collect(Collectors.toMap(Catalogue.Entry::key, Catalogue.Entry::otherwise)));
        var readers = readers();
        assertThat(readers).hasSizeGreaterThan(3);
        for (var reader : readers) {
            assertThat(reader.invoke(null, everything)).as(reader.toString()).isEqualTo(reader.invoke(null, nothing));
        }
    }

    /** Each {@code static … of(Config)} of the house. */
    private static List<Method> readers() throws Exception {
        var root = Path.of(Catalogue.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var readers = new ArrayList<Method>();
        for (var file : files(root.resolve("org/mailroom"), ".class")) {
            var name = root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
            for (var method : name.endsWith("Settings") || name.endsWith("Configuration")
                    ? Class.forName(name).getDeclaredMethods()
                    : new Method[0]) {
                boolean reads = method.getName().equals("of")
                        && Modifier.isStatic(method.getModifiers())
                        && List.of(method.getParameterTypes()).equals(List.of(Config.class))
                        && method.getReturnType() != Settings.class;
                if (reads) {
                    method.setAccessible(true);
                    readers.add(method);
                }
            }
        }
        return readers;
    }

    private static TreeSet<String> named() throws IOException {
        return named(List.of("ejb", "connector", "web-admin", "launcher"));
    }

    private static TreeSet<String> named(List<String> modules) throws IOException {
        var keys = new TreeSet<String>();
        for (var module : modules) {
            for (var file : files(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                var text = Files.readString(file);
                LITERAL.matcher(text).results().forEach(found -> keys.add(found.group(1)));
                LISTENER.matcher(text).results().forEach(found -> keys.add("mail." + found.group(1) + ".port"));
            }
        }
        return keys;
    }

    private static List<Path> files(Path root, String suffix) {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
