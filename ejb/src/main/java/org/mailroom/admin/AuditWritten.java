package org.mailroom.admin;

/** Fired in the transaction that writes somebody's deed down. */
public record AuditWritten(String actor, String action, String object) {}
