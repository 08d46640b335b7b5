package org.mailroom.acme;

import java.time.Instant;

/**
 * A step of an order that was taken.
 *
 * @param step {@code directory}, {@code account}, {@code order}, {@code challenge}, {@code proof}, {@code certificate} or
 *     {@code fault}
 * @param said what came of it: one line
 */
public record AcmeStep(Instant at, String step, boolean good, String said) {}
