package org.mailroom.admin;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Catalogue;

/**
 * What somebody set a key to.
 *
 * @param source {@code file}, {@code environment} or {@code system}
 */
record GivenSetting(String value, String source) {
    static final String DOTS = "•••";
    private static final Pattern SECRET = Pattern.compile("password|secret|token|database\\.url");

    /** All that are set, by their keys; defaults are not among them. */
    static Map<String, GivenSetting> all(Catalogue catalogue, Config config) {
        var given = new TreeMap<String, GivenSetting>();
        for (var key : catalogue.entries().keySet()) {
            var known = config.getConfigValue(key);
            var value = known.getValue();
            var source = source(known.getSourceOrdinal());
            if (value != null && !value.isEmpty() && !source.equals("default")) {
                given.put(key, new GivenSetting(value, source));
            }
        }
        return given;
    }

    /** Not to be shown, nor kept. */
    static boolean secret(String key) {
        return SECRET.matcher(key).find();
    }

    /** As people may see it; nothing stays nothing. */
    static String shown(String key, String value) {
        return !value.isEmpty() && secret(key) ? DOTS : value;
    }

    /** MicroProfile Config orders its sources: system properties 400, environment 300, ours 200. */
    private static String source(int ordinal) {
        return ordinal >= 400 ? "system" : ordinal >= 300 ? "environment" : ordinal >= 200 ? "file" : "default";
    }
}
