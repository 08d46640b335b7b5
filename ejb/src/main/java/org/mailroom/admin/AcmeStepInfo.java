package org.mailroom.admin;

import java.time.Instant;

/**
 * A step of an order of a certificate.
 *
 * @param step {@code directory}, {@code account}, {@code order}, {@code challenge}, {@code proof}, {@code certificate} or
 *     {@code fault}
 * @param said what came of it
 */
public record AcmeStepInfo(Instant at, String step, boolean good, String said) {}
