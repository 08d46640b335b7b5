package org.mailroom.admin;

import java.util.List;

/**
 * Where mail for an address would go.
 *
 * @param arrives whether anybody gets it
 * @param lines one a step, two blanks before those that follow from the one above
 */
public record AddressExplained(String address, boolean arrives, List<String> lines) {
    public AddressExplained {
        lines = List.copyOf(lines);
    }
}
