package org.mailroom.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been found out about a connection and the mail transaction on it: {@code spf} is {@code fail}, {@code dkim} is
 * {@code pass}. Policies add, policies and rules read, and so need not know one another. Belongs to one session, which says one
 * command at a time.
 */
public final class Facts {
    /**
     * Somebody whom the operator or the recipient trusts sends this: policies of taste stay out, those against viruses do not.
     * The value says who said so; empty, nobody any more.
     */
    public static final String ALLOWED = "allowed";

    private static final int MOST = 100;
    private static final int LONGEST = 500;

    private final @Nullable Facts outer;
    private @Nullable Map<String, String> values;

    public Facts() {
        this(null);
    }

    private Facts(@Nullable Facts outer) {
        this.outer = outer;
    }

    /** Those of a transaction, which end with it, over those of the connection. */
    Facts inner() {
        return new Facts(this);
    }

    /** A later value takes the place of an earlier one. */
    public void put(String name, String value) {
        var map = values == null ? new LinkedHashMap<String, String>() : values;
        values = map;
        if (map.size() < MOST || map.containsKey(name)) {
            map.put(name, value.substring(0, Math.min(value.length(), LONGEST)));
        }
    }

    public Optional<String> get(String name) {
        var value = values == null ? null : values.get(name);
        return value == null && outer != null ? outer.get(name) : Optional.ofNullable(value);
    }

    public boolean isAllowed() {
        return get(ALLOWED).filter(who -> !who.isEmpty()).isPresent();
    }

    public boolean isEmpty() {
        return values == null && (outer == null || outer.isEmpty());
    }

    /** All of them, in the order in which they became known. */
    public Map<String, String> all() {
        var all = outer == null ? new LinkedHashMap<String, String>() : new LinkedHashMap<>(outer.all());
        if (values != null) {
            all.putAll(values);
        }
        return all;
    }
}
