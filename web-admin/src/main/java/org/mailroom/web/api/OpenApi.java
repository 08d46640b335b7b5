package org.mailroom.web.api;

import jakarta.json.JsonStructure;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The description of the API (OpenAPI 3.1), read from the resource classes themselves: a path that is served is described, and
 * none other.
 */
final class OpenApi {
    private static final List<String> OPEN = List.of("/live", "/ready");

    private final Shapes shapes = new Shapes();
    private final Map<String, Map<String, Object>> paths = new TreeMap<>();

    private OpenApi() {}

    static Map<String, Object> of(Collection<Class<?>> resources) {
        var description = new OpenApi();
        resources.stream()
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .forEach(description::add);
        return description.document();
    }

    private Map<String, Object> document() {
        shapes.of(Problem.class);
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title", "Mailroom",
                        "version", "v1",
                        "license", Map.of("name", "Apache 2.0", "identifier", "Apache-2.0")));
        document.put("servers", List.of(Map.of("url", "/mailroom/api/v1")));
        document.put("security", List.of(Map.of("token", List.of()), Map.of("account", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of(
                                "token", Map.of("type", "http", "scheme", "bearer"),
                                "account", Map.of("type", "http", "scheme", "basic")),
                        "schemas",
                        shapes.named()));
        return document;
    }

    private void add(Class<?> resource) {
        var root = resource.getAnnotation(Path.class).value();
        var methods = Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .toList();
        for (var method : methods) {
            verb(method).ifPresent(verb -> {
                var own = method.isAnnotationPresent(Path.class)
                        ? method.getAnnotation(Path.class).value()
                        : "";
                var path = path(root + "/" + own);
                paths.computeIfAbsent(path, _ -> new TreeMap<>())
                        .put(verb.toLowerCase(Locale.ROOT), operation(resource, method, path, verb));
            });
        }
    }

    private static Optional<String> verb(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    /** {@code /accounts/{address}}: what a parameter must look like is the server's matter. */
    static String path(String written) {
        var path = new StringBuilder("/");
        int depth = 0;
        boolean pattern = false;
        for (char letter : written.toCharArray()) {
            depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
            pattern = depth > 0 && (pattern || letter == ':');
            if (!pattern && letter != ' ' && !(letter == '/' && path.charAt(path.length() - 1) == '/')) {
                path.append(letter);
            }
        }
        int end = path.length() > 1 && path.charAt(path.length() - 1) == '/' ? path.length() - 1 : path.length();
        return path.substring(0, end);
    }

    private Map<String, Object> operation(Class<?> resource, Method method, String path, String verb) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put(
                "operationId",
                resource.getSimpleName().replace("Resource", "") + "." + method.getName() + named(method));
        operation.put("tags", List.of(path.split("/")[1]));
        var parameters = parameters(method);
        if (verb.equals("GET") && List.class.isAssignableFrom(method.getReturnType())) {
            page(parameters, "offset", 0);
            page(parameters, "limit", 1000);
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        var body = body(method);
        if (body != null) {
            boolean needed = body.containsKey("required") || body.containsKey("$ref");
            operation.put("requestBody", Map.of("required", needed, "content", content("application/json", body)));
        }
        if (OPEN.contains(path)) {
            operation.put("security", List.of());
        }
        operation.put("responses", responses(method, path, verb, body != null));
        return operation;
    }

    /** Which part of a list is answered; some say so themselves. */
    private static void page(List<Map<String, Object>> parameters, String name, int value) {
        if (parameters.stream().noneMatch(parameter -> name.equals(parameter.get("name")))) {
            parameters.add(Map.of(
                    "name",
                    name,
                    "in",
                    "query",
                    "required",
                    false,
                    "schema",
                    Map.of("type", "integer", "default", value)));
        }
    }

    /** Methods of one name are told apart by what they are asked for. */
    private static String named(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(PathParam.class))
                .map(parameter -> "." + parameter.getAnnotation(PathParam.class).value())
                .reduce("", String::concat);
    }

    private List<Map<String, Object>> parameters(Method method) {
        var parameters = new ArrayList<Map<String, Object>>();
        for (var parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(PathParam.class)) {
                var name = parameter.getAnnotation(PathParam.class).value();
                parameters.add(
                        Map.of("name", name, "in", "path", "required", true, "schema", shapes.of(parameter.getType())));
            } else if (parameter.isAnnotationPresent(QueryParam.class)) {
                parameters.add(query(parameter, parameter.getParameterizedType()));
            } else if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (var field : parameter.getType().getDeclaredFields()) {
                    if (field.isAnnotationPresent(QueryParam.class)) {
                        parameters.add(query(field, field.getGenericType()));
                    }
                }
            }
        }
        return parameters;
    }

    private Map<String, Object> query(AnnotatedElement element, Type type) {
        var name = element.getAnnotation(QueryParam.class).value();
        var schema = new LinkedHashMap<>(shapes.of(type));
        // They arrive as texts, so that what is no number is refused in our words.
        if (List.of("offset", "limit", "days").contains(name)) {
            schema.put("type", "integer");
        }
        if (element.isAnnotationPresent(DefaultValue.class)) {
            var value = element.getAnnotation(DefaultValue.class).value();
            schema.put(
                    "default",
                    switch (String.valueOf(schema.get("type"))) {
                        case "integer" -> Long.valueOf(value);
                        case "boolean" -> Boolean.valueOf(value);
                        default -> value;
                    });
        }
        return Map.of("name", name, "in", "query", "required", false, "schema", schema);
    }

    /** Null where it takes none. A call that does not say what it takes is described as taking anything; a test forbids it. */
    private @Nullable Map<String, Object> body(Method method) {
        boolean takes =
                Arrays.stream(method.getParameterTypes()).anyMatch(type -> JsonStructure.class.isAssignableFrom(type));
        if (!takes) {
            return null;
        }
        if (method.getDeclaringClass() == StateResource.class) {
            return shapes.state();
        }
        var fields = method.getAnnotation(Takes.class);
        return fields == null ? Map.of("type", "object") : shapes.of(fields);
    }

    private Map<String, Object> responses(Method method, String path, String verb, boolean body) {
        var responses = new TreeMap<String, Object>();
        good(method, responses);
        if (OPEN.contains(path)) {
            return responses;
        }
        var problems = new ArrayList<>(List.of(400, 401, 403, 405, 406, 500));
        if (path.contains("{")) {
            problems.add(404);
        }
        if (method.getExceptionTypes().length > 0) {
            problems.addAll(List.of(404, 409, 422));
        }
        if (body) {
            problems.addAll(List.of(413, 415));
        } else if (!verb.equals("GET")) {
            problems.add(415);
        }
        problems.forEach(status -> responses.putIfAbsent(
                String.valueOf(status), response(status, content(Problem.MEDIA_TYPE, shapes.of(Problem.class)))));
        return responses;
    }

    private void good(Method method, Map<String, Object> responses) {
        var answers = method.getAnnotation(Answers.class);
        if (answers != null) {
            for (int status : answers.status()) {
                responses.put(
                        String.valueOf(status), response(status, content(media(method), shapes.of(answers.value()))));
            }
        } else if (method.getReturnType() == void.class) {
            responses.put("204", response(204, Map.of()));
        } else {
            responses.put("200", response(200, content(media(method), shapes.of(method.getGenericReturnType()))));
        }
    }

    private static String media(Method method) {
        return method.isAnnotationPresent(Produces.class)
                ? method.getAnnotation(Produces.class).value()[0].replaceAll(";.*", "")
                : "application/json";
    }

    private static Map<String, Object> content(String media, Map<String, Object> schema) {
        return Map.of(media, Map.of("schema", schema));
    }

    private static Map<String, Object> response(int status, Map<String, Object> content) {
        var title = Problem.of(status, "").title();
        return content.isEmpty() ? Map.of("description", title) : Map.of("description", title, "content", content);
    }
}
