package org.mailroom.admin;

import java.util.List;

/** What somebody may do. Rights are judged at the beans of this package, not in pages. */
public final class Role {
    /** Everything. */
    public static final String ADMINISTRATOR = "administrator";
    /** Reads everything but mail, changes nothing. */
    public static final String AUDITOR = "auditor";
    /** Whoever has an account: his own matters. Everybody has it, nobody is granted it. */
    public static final String USER = "user";

    /** Those that can be granted. */
    public static final List<String> GRANTED = List.of(ADMINISTRATOR, AUDITOR);

    private Role() {}
}
