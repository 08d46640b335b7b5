package org.mailroom.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads values so that a wrong one stops the start with a line that names key, value and what is expected. A feature's
 * record has {@code static of(Config)} and reads its keys here; what it takes as default must stand in the catalogue.
 */
public final class Settings {
    private final Config config;

    private Settings(Config config) {
        this.config = config;
    }

    public static Settings of(Config config) {
        return new Settings(config);
    }

    /** The configuration of this application; by its class loader, because a thread need not have it in its context. */
    public static Config current() {
        return ConfigProvider.getConfig(Settings.class.getClassLoader());
    }

    /** The text, without blanks around it; empty where the key is not set. */
    public Optional<String> text(String key) {
        // An empty value counts as not set (MicroProfile Config 3.1, "Empty value").
        return config.getOptionalValue(key, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    /** A whole number within bounds. */
    public long number(String key, long otherwise, long least, long most) {
        var value = read(key, otherwise, Long::valueOf, "a whole number");
        if (value < least || value > most) {
            throw wrong(key, String.valueOf(value), "a number from " + least + " to " + most);
        }
        return value;
    }

    public int number(String key, int otherwise, int least, int most) {
        return (int) number(key, (long) otherwise, (long) least, (long) most);
    }

    /** A time span as ISO 8601 writes it, above nothing. */
    public Duration duration(String key, Duration otherwise) {
        var expected = "a time span such as PT30S, PT5M, PT2H or P5D";
        var value = read(
                key,
                otherwise,
                text -> {
                    try {
                        return Duration.parse(text);
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                expected);
        if (value.isNegative() || value.isZero()) {
            throw wrong(key, value.toString(), expected);
        }
        return value;
    }

    /** Only {@code true} and {@code false}, so that {@code ja} is not a silent no. */
    public boolean flag(String key, boolean otherwise) {
        return read(
                key,
                otherwise,
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                "true or false");
    }

    /** One of the constants of an enum, written in lower case. */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        var names = Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return read(
                key,
                otherwise,
                text -> Enum.valueOf(otherwise.getDeclaringClass(), text.toUpperCase(Locale.ROOT)),
                "one of " + String.join(", ", names));
    }

    /** Values separated by commas; none where the key is not set. */
    public List<String> list(String key) {
        return text(key).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private <T> T read(String key, T otherwise, Function<String, T> parse, String expected) {
        var text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return parse.apply(text.get());
        } catch (IllegalArgumentException e) {
            throw wrong(key, text.get(), expected);
        }
    }

    /** What to throw where a value is understood and does not fit. */
    public static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException("configuration: " + key + "=" + value + " must be " + expected);
    }
}
