package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that the build pinned. */
record Versions(String mailroom, String payara, String postgresql) {
    static Versions load() {
        var properties = new Properties();
        try (var stream = Versions.class.getResourceAsStream("versions.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Versions(
                properties.getProperty("mailroom"),
                properties.getProperty("payara"),
                properties.getProperty("postgresql"));
    }
}
