package org.mailroom.admin;

import java.util.Set;

/** Of whom the console demands a second factor. */
enum SecondFactorPolicy {
    /** Of those who set one up. */
    OPTIONAL,
    /** Of those, and of everybody who administers the server or a domain: until he has one, he is a mere user there. */
    ADMINISTRATORS;

    boolean isDemandedOf(Set<String> roles) {
        return this == ADMINISTRATORS
                && (roles.contains(Role.ADMINISTRATOR) || roles.contains(Role.DOMAIN_ADMINISTRATOR));
    }
}
