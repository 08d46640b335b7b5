package org.mailroom.web.security;

import java.io.Serializable;
import java.time.Instant;
import java.util.Set;

/**
 * Who logged in, kept in the session.
 *
 * @param judged when the directory last said that the login and its groups hold
 */
record Caller(String name, Set<String> groups, Instant judged) implements Serializable {
    /** The session attribute. */
    static final String ATTRIBUTE = "mailroom.caller";

    Caller {
        groups = Set.copyOf(groups);
    }

    Caller judgedAt(Instant now) {
        return new Caller(name, groups, now);
    }
}
