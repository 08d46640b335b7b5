package org.mailroom.contract.relay;

import java.io.Serializable;

/**
 * A TLSA record (RFC 6698 §2.1), of the kinds that count for mail (RFC 7672 §3.1).
 *
 * @param usage 2: an authority that must have signed, 3: the host's own certificate
 * @param selector 0: the whole certificate, 1: its public key
 * @param matching 0: the octets, 1: their SHA-256, 2: their SHA-512
 * @param data in hexadecimal, lower case
 */
public record Tlsa(int usage, int selector, int matching, String data) implements Serializable {
    /** Whether it is one that we can go by; the others are as if they were not there. */
    public boolean isUsable() {
        return (usage == 2 || usage == 3) && (selector == 0 || selector == 1) && matching >= 0 && matching <= 2;
    }
}
