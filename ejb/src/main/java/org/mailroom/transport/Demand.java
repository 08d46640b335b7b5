package org.mailroom.transport;

/** How much TLS the operator wants, for all domains or for one. */
public enum Demand {
    /** In the clear, whatever is offered or published. */
    NONE,
    /** What the host offers, whatever its domain publishes. */
    TRY,
    /** What the host offers, and no less than its domain publishes (DANE, MTA-STS). */
    MAY,
    /** As {@code MAY}, and never in the clear. */
    ENCRYPT,
    /** As {@code MAY}, and only to a host with a valid certificate. */
    VERIFY,
    /** Only to hosts with DANE. */
    DANE
}
