package org.mailroom.transport;

/** How connections to one domain went. @param failed of all of them */
public record TlsSum(String domain, long sessions, long failed) {}
