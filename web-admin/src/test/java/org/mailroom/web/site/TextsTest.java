package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Pattern USED =
            Pattern.compile("(?:msg\\['|texts\\.of\\(['\"])([a-zA-Z0-9.]+[a-zA-Z0-9])['\"]");
    private static final Pattern PLAIN = Pattern.compile("msg\\['([a-zA-Z0-9.-]+)'\\]");

    @Test
    void german_has_every_text_and_no_other() throws IOException {
        assertThat(keys("messages_de")).isEqualTo(keys("messages"));
    }

    @Test
    void every_text_that_a_page_or_bean_asks_for_is_there() throws IOException {
        var known = keys("messages");
        for (String root : new String[] {"src/main/webapp", "src/main/java"}) {
            try (var files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (file.toString().matches(".*\\.(xhtml|java)")) {
                        var used = USED.matcher(Files.readString(file));
                        while (used.find()) {
                            assertThat(known).as(file.toString()).contains(used.group(1));
                        }
                    }
                }
            }
        }
    }

    /** Only a text with gaps is a pattern, in which an apostrophe is written twice. */
    @Test
    void texts_without_gaps_write_an_apostrophe_once() throws IOException {
        var plain = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/webapp"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                PLAIN.matcher(Files.readString(file)).results().forEach(found -> plain.add(found.group(1)));
            }
        }
        assertThat(plain).isNotEmpty();
        for (var bundle : new String[] {"messages", "messages_de"}) {
            assertThat(texts(bundle))
                    .allSatisfy((key, text) -> assertThat(
                                    plain.contains(key) && text.toString().contains("''"))
                            .as(key.toString())
                            .isFalse());
        }
    }

    @Test
    void counts_are_told_in_words() {
        assertThat(Texts.in(Locale.ENGLISH, "sessions.about", 0)).isEqualTo("Nobody is connected now.");
        assertThat(Texts.in(Locale.ENGLISH, "sessions.about", 1)).isEqualTo("One client is connected.");
        assertThat(Texts.in(Locale.GERMAN, "sessions.about", 1200)).startsWith("1.200 ");
    }

    private static TreeSet<String> keys(String bundle) throws IOException {
        return new TreeSet<>(texts(bundle).stringPropertyNames());
    }

    private static Properties texts(String bundle) throws IOException {
        var properties = new Properties();
        try (var stream = Objects.requireNonNull(
                Texts.class.getResourceAsStream("/org/mailroom/web/" + bundle + ".properties"))) {
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
