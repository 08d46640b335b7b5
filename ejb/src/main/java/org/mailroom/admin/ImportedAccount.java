package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * What became of a line of a file of accounts.
 *
 * @param line counted from 1, the one with the names of the columns included
 * @param outcome new (it would be added), added or refused
 * @param text why it was refused; else empty
 * @param password the generated one, shown this once; null where the file has it, or nothing was added
 */
public record ImportedAccount(
        int line,
        String address,
        String outcome,
        String text,
        @Nullable String password) {
    static final String NEW = "new";
    static final String ADDED = "added";
    static final String REFUSED = "refused";

    @Override
    public String toString() {
        return "ImportedAccount[" + line + " " + address + " " + outcome + "]";
    }
}
