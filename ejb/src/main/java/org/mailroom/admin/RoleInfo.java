package org.mailroom.admin;

/**
 * What somebody may do.
 *
 * @param role one of {@link Role#GRANTED}
 * @param domain where; empty: everywhere
 */
public record RoleInfo(String address, String role, String domain) {}
