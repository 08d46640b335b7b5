package org.mailroom.queue;

/** Said when a transaction changed a domain's rule or pause, and heard after its commit. */
public record TermsChanged() {}
