package org.mailroom.admin;

import java.time.Instant;

/**
 * Who changed what.
 *
 * @param action such as {@code account.add}
 * @param object the address or domain that was changed
 * @param detail before and after, without secrets
 */
public record AuditInfo(Instant at, String actor, String action, String object, String detail) {}
