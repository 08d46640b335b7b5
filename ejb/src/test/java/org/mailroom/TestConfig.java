package org.mailroom;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A configuration of some keys, as the server would hand it over. */
public final class TestConfig implements Config {
    private final List<ConfigSource> sources;

    private TestConfig(List<ConfigSource> sources) {
        this.sources = sources;
    }

    public static Config of(Map<String, String> values) {
        return of(new MapSource(Map.copyOf(values)));
    }

    public static Config of(ConfigSource... sources) {
        return new TestConfig(List.of(sources));
    }

    private record MapSource(Map<String, String> values) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return "test";
        }
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        return sources.stream()
                .map(source -> source.getValue(name))
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .map(type::cast);
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        return getOptionalValue(name, type).orElseThrow(() -> new NoSuchElementException(name));
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return sources.stream()
                .flatMap(source -> source.getPropertyNames().stream())
                .toList();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return sources;
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException();
    }
}
