package org.mailroom.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose a domain is.
 *
 * @param domain under which its addresses are kept: another than the one asked for where that is an alias domain
 * @param catchAll who gets what is for nobody
 * @param rewrites in order, for what is for nobody
 */
record Place(Kind kind, String domain, @Nullable String catchAll, List<Rewrite> rewrites) {
    enum Kind {
        OURS,
        RELAYED,
        OTHERS
    }

    static Place others(String domain) {
        return new Place(Kind.OTHERS, domain, null, List.of());
    }
}
