package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * A wish for an account.
 *
 * @param password null: one is generated
 */
public record NewAccount(
        String address, String displayName, @Nullable String password) {
    @Override
    public String toString() {
        return "NewAccount[" + address + "]";
    }
}
