package org.mailroom.contract.store;

/** What SETACL does to the rights of an identifier (RFC 4314 §3.1); replacing them by none removes the entry. */
public record RightsChange(Mode mode, Rights rights) {
    public enum Mode {
        REPLACE,
        ADD,
        REMOVE
    }

    public Rights to(Rights before) {
        return switch (mode) {
            case REPLACE -> rights;
            case ADD -> before.and(rights);
            case REMOVE -> before.without(rights);
        };
    }
}
