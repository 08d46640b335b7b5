package org.mailroom.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonStructure;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the API against the classes that serve it. */
@SuppressWarnings("unchecked")
class OpenApiTest {
    private static final List<Class<? extends Annotation>> VERBS =
            List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

    private static List<Class<?>> resources() throws Exception {
        var place = java.nio.file.Path.of(
                        OpenApi.class.getResource("OpenApi.class").toURI())
                .getParent();
        var resources = new ArrayList<Class<?>>();
        try (var files = Files.list(place)) {
            for (var file : files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Resource.class"))
                    .toList()) {
                resources.add(Class.forName("org.mailroom.web.api." + file.replaceAll("\\.class$", "")));
            }
        }
        return resources;
    }

    private static Map<String, Map<String, Map<String, Object>>> described() throws Exception {
        return (Map<String, Map<String, Map<String, Object>>>)
                OpenApi.of(resources()).get("paths");
    }

    /** Each call as {@code GET /accounts}, read without the help of what is tested. */
    private static TreeSet<String> calls() throws Exception {
        var calls = new TreeSet<String>();
        for (var resource : resources()) {
            for (var method : resource.getDeclaredMethods()) {
                for (var verb : VERBS) {
                    if (method.isAnnotationPresent(verb)) {
                        calls.add(verb.getSimpleName() + " " + address(resource, method));
                    }
                }
            }
        }
        return calls;
    }

    private static String address(Class<?> resource, Method method) {
        var own = method.isAnnotationPresent(Path.class)
                ? "/" + method.getAnnotation(Path.class).value()
                : "";
        var all = "/" + resource.getAnnotation(Path.class).value() + own;
        return all.replaceAll("\\{(\\w+):[^{}]*(?:\\{[^{}]*}[^{}]*)*}", "{$1}")
                .replaceAll("/+", "/")
                .replaceAll("(?<=.)/$", "");
    }

    @Test
    void every_call_is_described_and_none_that_is_not_there() throws Exception {
        var found = new TreeSet<String>();
        described()
                .forEach((path, verbs) ->
                        verbs.keySet().forEach(verb -> found.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(found).isEqualTo(calls()).hasSizeGreaterThan(90);
    }

    @Test
    void every_part_of_a_path_and_every_parameter_is_described() throws Exception {
        described()
                .forEach((path, verbs) -> verbs.forEach((verb, operation) -> {
                    var parameters = (List<Map<String, Object>>) operation.getOrDefault("parameters", List.of());
                    var inPath = parameters.stream()
                            .filter(parameter -> parameter.get("in").equals("path"))
                            .map(parameter -> "{" + parameter.get("name") + "}")
                            .sorted()
                            .toList();
                    assertThat(Arrays.stream(path.split("/"))
                                    .filter(part -> part.startsWith("{"))
                                    .sorted()
                                    .toList())
                            .as(verb + " " + path)
                            .isEqualTo(inPath);
                }));
        var asked = new TreeSet<String>();
        for (var resource : resources()) {
            for (var method : resource.getDeclaredMethods()) {
                Arrays.stream(method.getParameters())
                        .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                        .forEach(parameter -> asked.add(address(resource, method) + "?"
                                + parameter.getAnnotation(QueryParam.class).value()));
            }
        }
        var told = new TreeSet<String>();
        described()
                .forEach((path, verbs) -> verbs.values()
                        .forEach(operation -> ((List<Map<String, Object>>)
                                        operation.getOrDefault("parameters", List.of()))
                                .forEach(parameter -> told.add(path + "?" + parameter.get("name")))));
        assertThat(told).containsAll(asked).contains("/queue?sender", "/trace?recipient");
    }

    @Test
    void whoever_takes_a_body_says_which_and_every_call_says_what_goes_wrong() throws Exception {
        for (var resource : resources()) {
            for (var method : Arrays.stream(resource.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .toList()) {
                boolean takes = Arrays.stream(method.getParameterTypes())
                        .anyMatch(type -> JsonStructure.class.isAssignableFrom(type));
                if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Response.class) {
                    assertThat(method.isAnnotationPresent(Answers.class))
                            .as(method.toString())
                            .isTrue();
                }
                if (takes && resource != StateResource.class) {
                    assertThat(method.isAnnotationPresent(Takes.class))
                            .as(method.toString())
                            .isTrue();
                }
            }
        }
        described()
                .forEach((path, verbs) -> verbs.forEach((verb, operation) -> {
                    var answers = ((Map<String, Object>) operation.get("responses")).keySet();
                    assertThat(answers).as(verb + " " + path).anyMatch(status -> status.startsWith("2"));
                    if (!path.equals("/live") && !path.equals("/ready")) {
                        assertThat(answers).as(verb + " " + path).contains("401", "403", "500");
                    }
                }));
    }

    /** RFC 9110 §9.3.4 */
    @Test
    void what_is_put_under_its_name_is_answered_as_new_or_not() throws Exception {
        for (var path : described().entrySet()) {
            var put = path.getValue().get("put");
            if (put != null && path.getKey().endsWith("}")) {
                assertThat(((Map<String, Object>) put.get("responses")).keySet())
                        .as(path.getKey())
                        .contains("200", "201");
            }
        }
    }

    /** By the examples everybody can try a call, and so do tests. */
    @Test
    void what_is_needed_in_a_body_has_an_example() throws Exception {
        for (var resource : resources()) {
            for (var method : resource.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Takes.class)) {
                    assertThat(method.getAnnotation(Takes.class).value())
                            .as(method.toString())
                            .allMatch(field -> field.contains("? ") || field.contains(" = "));
                }
            }
        }
    }

    @Test
    void paths_are_told_without_the_patterns_of_their_parameters() {
        assertThat(OpenApi.path("accounts/{address: [^@]+(?:@|%40)[^/@]+}/move"))
                .isEqualTo("/accounts/{address}/move");
        assertThat(OpenApi.path("queue/{id: \\d{1,18}}")).isEqualTo("/queue/{id}");
        assertThat(OpenApi.path("//live")).isEqualTo("/live");
    }
}
