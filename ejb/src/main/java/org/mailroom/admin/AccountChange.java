package org.mailroom.admin;

import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;

/** What shall be changed about an account; what is null stays. */
public record AccountChange(
        @Nullable String displayName,
        @Nullable Quota quota,
        @Nullable Boolean enabled) {
    /** What mailboxes may hold; null: no limit. */
    public record Quota(@Nullable Long octets, @Nullable Long messages) {
        void check() throws AdminException {
            if (octets != null && octets < 1 || messages != null && messages < 1) {
                throw new AdminException(Kind.INVALID, "A quota is a number above 0, or nothing for no limit");
            }
        }

        String text() {
            return octets + "/" + messages;
        }
    }

    static AccountChange enabled(boolean enabled) {
        return new AccountChange(null, null, enabled);
    }

    static AccountChange displayName(String name) {
        return new AccountChange(name, null, null);
    }

    static AccountChange quota(@Nullable Long octets, @Nullable Long messages) {
        return new AccountChange(null, new Quota(octets, messages), null);
    }
}
