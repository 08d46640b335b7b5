package org.mailroom.admin;

/**
 * Where mail for a domain goes, instead of its MX.
 *
 * @param target {@code smtp://host:port}
 */
public record RouteInfo(String domain, String target) {}
