package org.mailroom.directory;

import java.util.Locale;
import java.util.Optional;

/** Addresses that each group has beside its own, behind which its owner is (RFC 2142 §6). */
enum GroupRole {
    BOUNCES,
    OWNER,
    REQUEST;

    String suffix() {
        return "-" + name().toLowerCase(Locale.ROOT);
    }

    /** The group whose owner is meant; empty where the local part ends otherwise. */
    static Optional<String> group(String localPart) {
        for (var role : values()) {
            int length = localPart.length() - role.suffix().length();
            if (length > 0 && localPart.endsWith(role.suffix())) {
                return Optional.of(localPart.substring(0, length));
            }
        }
        return Optional.empty();
    }
}
