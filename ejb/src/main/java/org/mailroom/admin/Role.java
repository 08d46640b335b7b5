package org.mailroom.admin;

import java.util.List;

/** What somebody may do. Rights are judged at the beans of this package, not in pages. */
public final class Role {
    /** Everything. */
    public static final String ADMINISTRATOR = "administrator";
    /** Accounts, addresses, trace and queue of the domains that he was given; see {@link Scope}. */
    public static final String DOMAIN_ADMINISTRATOR = "domain-administrator";
    /** Looks for mail in the trace and sets passwords of those who have no role; reads no mail. */
    public static final String HELP_DESK = "help-desk";
    /** Reads everything but mail, changes nothing. */
    public static final String AUDITOR = "auditor";
    /** Whoever has an account: his own matters. Everybody has it, nobody is granted it. */
    public static final String USER = "user";

    /** Those that can be granted. */
    public static final List<String> GRANTED = List.of(ADMINISTRATOR, DOMAIN_ADMINISTRATOR, HELP_DESK, AUDITOR);

    private Role() {}
}
