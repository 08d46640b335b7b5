package org.mailroom.contract;

/** An account in the directory; the number holds for ever, over renames. */
public record AccountId(long value) {}
