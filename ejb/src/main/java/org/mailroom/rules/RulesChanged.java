package org.mailroom.rules;

/** Fired in the transaction that changes the rules; they are read again after the commit. */
public record RulesChanged() {}
