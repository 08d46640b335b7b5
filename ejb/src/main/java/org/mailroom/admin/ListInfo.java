package org.mailroom.admin;

/**
 * Whose mail is always or never taken.
 *
 * @param id 0 where it is not kept yet
 * @param owner an address or a domain of ours, or empty for all
 * @param subject sender or recipient
 * @param pattern an address, a domain, {@code .domain}, a network or {@code *}
 */
public record ListInfo(long id, String owner, String subject, String pattern, boolean allow) {}
