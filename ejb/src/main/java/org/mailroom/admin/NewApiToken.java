package org.mailroom.admin;

/**
 * A wish for a token of the REST API.
 *
 * @param name of the program
 * @param role one of {@link Role#GRANTED}, or {@link Role#USER}
 * @param domain for a domain administrator; empty: all that the owner administers
 * @param days after which it ends
 */
public record NewApiToken(String name, String role, String domain, boolean readOnly, int days) {
    /** Until when one holds, unless somebody wishes otherwise. */
    public static final int DAYS = 90;
}
