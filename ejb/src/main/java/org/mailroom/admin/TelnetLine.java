package org.mailroom.admin;

import java.time.Instant;

/**
 * One line of a transcript.
 *
 * @param kind {@code sent}, {@code received}, {@code connected}, {@code tls}, {@code certificate}, {@code trusted}, {@code untrusted},
 *     {@code stranger}, {@code ended}, {@code broken} or {@code over}
 */
public record TelnetLine(Instant at, String kind, String text) {}
