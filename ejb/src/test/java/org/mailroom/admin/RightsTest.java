package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which role may call which method of administration: every one stands in the table, and a new one has to be put there. */
class RightsTest {
    private static List<Class<?>> beans() throws Exception {
        var place = Path.of(AccountAdmin.class.getResource("AccountAdmin.class").toURI())
                .getParent();
        var beans = new ArrayList<Class<?>>();
        try (var files = Files.list(place)) {
            for (var file : files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .toList()) {
                var type = Class.forName("org.mailroom.admin." + file.replaceAll("\\.class$", ""));
                if (type.isAnnotationPresent(Stateless.class) || type.isAnnotationPresent(Singleton.class)) {
                    beans.add(type);
                }
            }
        }
        return beans;
    }

    private static String row(Class<?> bean, Method method) {
        var roles = method.isAnnotationPresent(RolesAllowed.class)
                ? method.getAnnotation(RolesAllowed.class)
                : bean.getAnnotation(RolesAllowed.class);
        boolean all = method.isAnnotationPresent(PermitAll.class) || roles == null;
        return bean.getSimpleName() + "." + method.getName() + ": "
                + (all ? "all" : String.join(" ", new TreeSet<>(List.of(roles.value()))));
    }

    @Test
    void every_method_is_for_the_roles_of_the_table() throws Exception {
        var found = new TreeSet<String>();
        for (var bean : beans()) {
            Arrays.stream(bean.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers())
                            && !Modifier.isStatic(method.getModifiers())
                            && !method.isSynthetic())
                    .forEach(method -> found.add(row(bean, method)));
        }
        try (var table = Objects.requireNonNull(RightsTest.class.getResourceAsStream("rights.txt"))) {
            var rows = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(String.join("\n", found) + "\n").isEqualTo(rows);
        }
    }
}
