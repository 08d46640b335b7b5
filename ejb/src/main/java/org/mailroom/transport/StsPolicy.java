package org.mailroom.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a domain says of its mail hosts (RFC 8461 §3.2).
 *
 * @param hosts names, or patterns of which a star is the first label
 * @param maxAge how long it may be kept
 * @param lines as it was fetched
 */
record StsPolicy(Mode mode, List<String> hosts, Duration maxAge, List<String> lines) {
    /** What follows from a failure. */
    enum Mode {
        ENFORCE,
        TESTING,
        NONE
    }

    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final long LONGEST = 31_557_600;
    private static final int MOST_HOSTS = 100;

    StsPolicy {
        hosts = List.copyOf(hosts);
        lines = List.copyOf(lines);
    }

    /** Empty where it is none. */
    static Optional<StsPolicy> parse(String text) {
        var lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var fields = new HashMap<String, String>();
        var hosts = new ArrayList<String>();
        for (var line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            var value = line.substring(colon + 1).strip();
            if (line.substring(0, colon).strip().equals("mx")) {
                hosts.add(value.toLowerCase(Locale.ROOT));
            } else {
                fields.putIfAbsent(line.substring(0, colon).strip(), value); // the first counts
            }
        }
        return of(fields.getOrDefault("version", ""), fields, hosts, lines);
    }

    private static Optional<StsPolicy> of(
            String version, HashMap<String, String> fields, List<String> hosts, List<String> lines) {
        var age = fields.getOrDefault("max_age", "");
        var mode = switch (fields.getOrDefault("mode", "")) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.<Mode>empty();
        };
        boolean sound = version.equals("STSv1")
                && age.matches("\\d{1,10}")
                && hosts.size() <= MOST_HOSTS
                && hosts.stream().allMatch(host -> HOST.matcher(host).matches())
                && (!hosts.isEmpty() || mode.equals(Optional.of(Mode.NONE)));
        return sound
                ? mode.map(found ->
                        new StsPolicy(found, hosts, Duration.ofSeconds(Math.min(LONGEST, Long.parseLong(age))), lines))
                : Optional.empty();
    }

    boolean isActive() {
        return mode != Mode.NONE;
    }

    /** Whether a host is among those of the domain (RFC 8461 §4.1). */
    boolean names(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        return hosts.stream()
                .anyMatch(pattern -> pattern.startsWith("*.")
                        ? dot > 0 && name.substring(dot).equals(pattern.substring(1))
                        : pattern.equals(name));
    }
}
