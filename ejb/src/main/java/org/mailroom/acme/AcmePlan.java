package org.mailroom.acme;

import java.util.List;

/**
 * Which certificate is wanted from whom.
 *
 * @param directory URL at which the authority says what it offers (RFC 8555 §7.1.1)
 * @param terms what was agreed to, as the authority names it; empty where it names none
 * @param contact mail address for the authority's warnings; empty for none
 * @param names that the certificate is for, in lower case
 */
public record AcmePlan(String directory, String terms, String contact, List<String> names) {
    public AcmePlan {
        names = List.copyOf(names);
    }
}
