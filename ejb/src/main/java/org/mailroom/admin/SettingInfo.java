package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration.
 *
 * @param value what holds; of a secret only whether there is one
 * @param otherwise the default; empty where there is none or it is worked out
 * @param source {@code default}, {@code file}, {@code environment} or {@code system}
 * @param takesEffect when a change does: {@code start} of Mailroom, or {@code setup} of the server by {@code ./mailroom run}
 * @param waiting what the file says by now and the next start brings; null where that is what holds
 */
public record SettingInfo(
        String key,
        String value,
        String otherwise,
        String source,
        String description,
        String takesEffect,
        @Nullable String waiting) {}
