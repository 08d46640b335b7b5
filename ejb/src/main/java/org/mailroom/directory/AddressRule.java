package org.mailroom.directory;

import java.util.Optional;

/** A rule by which an address in a domain of ours, which no table has, leads to another. Every bean of this type takes part. */
public interface AddressRule {
    /**
     * Where mail for it goes; empty where it is not this rule's business. Asked at each look-up, so it must know that at a
     * glance.
     *
     * @param address as it was written
     */
    Optional<String> leadsTo(String address);
}
