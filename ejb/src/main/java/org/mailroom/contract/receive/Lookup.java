package org.mailroom.contract.receive;

import java.util.List;

/** What VRFY and EXPN find (RFC 5321 §3.5). */
public sealed interface Lookup {
    /** @param addresses for VRFY the mailbox; for EXPN everybody whom a message would reach */
    record Found(List<String> addresses) implements Lookup {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /** The domain is not ours; whether anybody is there, only its host knows. */
    record Elsewhere() implements Lookup {}

    /** There is nobody of this name, or nobody who takes mail. */
    record Unknown() implements Lookup {}

    /**
     * The name is one of ours, and a message to it would reach nobody.
     *
     * @param what it is, such as {@code a group without members}
     */
    record Empty(String what) implements Lookup {}

    /** Such a client is not told. */
    record Withheld() implements Lookup {}
}
