package org.mailroom.contract.store;

import java.util.List;

/**
 * What STORE does to flags.
 *
 * @param system bits of {@link Flags}
 * @param keywords names as the client wrote them; compared without regard to case
 */
public record FlagChange(Mode mode, long system, List<String> keywords) {
    public FlagChange {
        keywords = List.copyOf(keywords);
    }

    public enum Mode {
        REPLACE,
        ADD,
        REMOVE
    }
}
