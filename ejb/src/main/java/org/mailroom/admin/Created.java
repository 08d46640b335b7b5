package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * What became of a wish for an account or a password.
 *
 * @param address in the form in which it is kept
 * @param created false where it was there already, and nothing was changed
 * @param password the generated one, which is shown once and kept nowhere; null where there is none to show
 */
public record Created(
        String address, boolean created, @Nullable String password) {
    @Override
    public String toString() {
        return "Created[" + address + "]";
    }
}
