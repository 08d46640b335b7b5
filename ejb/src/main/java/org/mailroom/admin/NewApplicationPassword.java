package org.mailroom.admin;

import java.util.Set;

/**
 * A wish for the password of a program.
 *
 * @param name of the program or device
 * @param services some of {@code smtp}, {@code imap} and {@code pop3}; empty: all
 * @param days after which it ends; 0: never
 */
public record NewApplicationPassword(String name, Set<String> services, int days) {
    public NewApplicationPassword {
        services = Set.copyOf(services);
    }
}
