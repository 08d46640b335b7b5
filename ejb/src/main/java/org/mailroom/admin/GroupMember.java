package org.mailroom.admin;

/**
 * Who gets what is sent to a group.
 *
 * @param kind {@code account}, {@code disabled}, {@code group}, {@code alias}, {@code elsewhere} (or of a domain into which the
 *     caller may not look), or {@code nobody}
 */
public record GroupMember(String address, String kind) {}
