package org.mailroom.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every key that there is, read from the annotated sample file that operators copy: a line {@code # mail.x=default} is a
 * key, the comment lines above it say what it does. So the file that people read is the list that the server checks.
 */
public final class Catalogue {
    private static final String RESOURCE = "/config/mailroom.properties";
    private static final Pattern ENTRY = Pattern.compile("#\\s?(mail\\.[a-z0-9.-]+)=(.*)");
    private static final Pattern SECTION = Pattern.compile("# --- (.+?) -+");
    private static final String LAUNCHER = "The launcher";

    private final Map<String, Entry> entries;

    private Catalogue(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /**
     * A key. Mailroom reads its keys when it starts and never again; those of the launcher are read when {@code ./mailroom run}
     * sets the server up.
     *
     * @param otherwise the default as text; empty where there is none or it is worked out
     * @param launcher whether only the launcher reads it
     */
    public record Entry(String key, String otherwise, String description, boolean launcher) {}

    /** The catalogue that travels in the application. */
    public static Catalogue load() {
        try (var stream = Catalogue.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the application was packed without " + RESOURCE);
            }
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Catalogue read(BufferedReader lines) throws IOException {
        var entries = new LinkedHashMap<String, Entry>();
        var comment = new ArrayList<String>();
        var section = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var entry = ENTRY.matcher(line);
            var title = SECTION.matcher(line);
            if (title.matches()) {
                section = title.group(1);
            } else if (entry.matches()) {
                var key = entry.group(1);
                var about = String.join(" ", comment);
                if (entries.put(key, new Entry(key, entry.group(2).strip(), about, section.equals(LAUNCHER))) != null) {
                    throw new IllegalStateException("the catalogue names " + key + " twice");
                }
                comment.clear();
            } else if (line.startsWith("#")) {
                comment.add(line.substring(1).strip());
            } else {
                comment.clear();
            }
        }
        return new Catalogue(entries);
    }

    public Map<String, Entry> entries() {
        return Map.copyOf(entries);
    }

    /** Whether the key is one of ours by its name, and none that there is. */
    public boolean unknown(String key) {
        return key.startsWith("mail.") && !entries.containsKey(key);
    }

    /** The known key that is spelled most alike, if any is near. */
    public Optional<String> nearest(String key) {
        String best = null;
        int least = Math.max(3, key.length() / 5);
        for (var known : entries.keySet()) {
            int distance = distance(key, known);
            if (distance < least) {
                least = distance;
                best = known;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance, two rows at a time. */
    private static int distance(String one, String other) {
        var above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int swap = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[other.length()];
    }
}
