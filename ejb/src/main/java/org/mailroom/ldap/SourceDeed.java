package org.mailroom.ldap;

/**
 * Fired in the transaction in which an account follows its directory, for the audit log.
 *
 * @param action as {@code appear}
 */
public record SourceDeed(String source, String action, String address, String detail) {}
