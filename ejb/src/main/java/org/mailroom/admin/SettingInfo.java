package org.mailroom.admin;

/**
 * A key of the configuration.
 *
 * @param value what holds; of a secret only whether there is one
 * @param otherwise the default; empty where there is none or it is worked out
 * @param source {@code default}, {@code file}, {@code environment} or {@code system}
 */
public record SettingInfo(String key, String value, String otherwise, String source, String description) {}
