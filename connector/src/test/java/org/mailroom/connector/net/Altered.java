package org.mailroom.connector.net;

import java.util.Map;
import java.util.stream.Stream;

/** Records with some components other than they were. */
public final class Altered {
    private Altered() {}

    /** @param changes new values by the names of components */
    public static <R extends Record> R of(R usual, Map<String, ?> changes) {
        var kind = usual.getClass();
        var components = kind.getRecordComponents();
        var types = Stream.of(components).map(component -> component.getType()).toArray(Class<?>[]::new);
        var values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                var name = components[i].getName();
                values[i] = changes.containsKey(name)
                        ? changes.get(name)
                        : components[i].getAccessor().invoke(usual);
            }
            @SuppressWarnings("unchecked")
            var altered = (R) kind.getDeclaredConstructor(types).newInstance(values);
            return altered;
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
