package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * A wish for an account.
 *
 * @param password null: one is generated
 * @param unruled whether it may be one that the rules would refuse
 */
public record NewAccount(
        String address, String displayName, @Nullable String password, boolean unruled) {
    public NewAccount(String address, String displayName, @Nullable String password) {
        this(address, displayName, password, false);
    }

    @Override
    public String toString() {
        return "NewAccount[" + address + "]";
    }
}
