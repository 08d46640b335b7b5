package org.mailroom.admin;

import java.util.List;

/**
 * What the state of a file comes to.
 *
 * @param applied whether it was done; false: it would be
 * @param passwords of accounts that are new, shown this once
 */
public record StateOutcome(boolean applied, List<StateChange> changes, List<Created> passwords) {
    public StateOutcome {
        changes = List.copyOf(changes);
        passwords = List.copyOf(passwords);
    }
}
