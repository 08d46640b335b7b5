package org.mailroom.admin;

import java.time.Instant;

/**
 * A domain of ours.
 *
 * @param accounts how many live there
 */
public record DomainInfo(String name, long accounts, Instant created) {}
