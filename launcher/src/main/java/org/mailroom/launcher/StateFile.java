package org.mailroom.launcher;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A state that somebody wrote down in YAML, of which JSON is a part. */
final class StateFile {
    private StateFile() {}

    /** As YAML 1.2 reads words: "off" and "no" are texts, and so are dates. */
    private static final class Words extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, Pattern.compile("-?(?:0|[1-9][0-9]*)"), "-0123456789");
            addImplicitResolver(Tag.NULL, Pattern.compile("~|null|"), "~n\0");
            addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
        }
    }

    static JsonObject read(Path file) {
        try {
            var reading = new LoaderOptions();
            reading.setAllowDuplicateKeys(false);
            var writing = new DumperOptions();
            var yaml = new Yaml(new SafeConstructor(reading), new Representer(writing), writing, reading, new Words());
            if (json(yaml.load(Files.readString(file))) instanceof JsonObject state) {
                return state;
            }
            throw new Trouble(file + " holds no sections, such as \"domains:\"");
        } catch (IOException e) {
            throw new Trouble("cannot read " + file + ": " + e.getMessage(), e);
        } catch (YAMLException e) {
            throw new Trouble(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonValue json(@Nullable Object value) {
        return switch (value) {
            case null -> JsonValue.NULL;
            case Map<?, ?> map -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                map.forEach((name, inside) -> object.add(String.valueOf(name), json(inside)));
                yield object.build();
            }
            case List<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(inside -> array.add(json(inside)));
                yield array.build();
            }
            case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
            case Integer number -> Json.createValue(number);
            case Long number -> Json.createValue(number);
            case BigInteger number -> Json.createValue(number);
            default -> Json.createValue(value.toString());
        };
    }
}
