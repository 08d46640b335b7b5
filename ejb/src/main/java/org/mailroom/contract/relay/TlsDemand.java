package org.mailroom.contract.relay;

import java.io.Serializable;
import java.util.List;

/**
 * How much TLS a connection needs, and whom it may end at.
 *
 * @param level how much
 * @param implicit TLS from the first octet (RFC 8314), without STARTTLS
 * @param names that a certificate may be for; none: the host's own. Asked at {@code VERIFIED}, and at {@code DANE} where a
 *     record names an authority
 * @param records at {@code DANE}: which certificates are right, one is enough
 */
public record TlsDemand(Level level, boolean implicit, List<String> names, List<Tlsa> records) implements Serializable {
    /** From less to more. */
    public enum Level {
        /** In the clear, whatever is offered. */
        NEVER,
        /** Encrypted where offered, without asking who it is (RFC 7435); in the clear where it is not or the handshake fails. */
        OPPORTUNISTIC,
        /** Encrypted without asking who it is, or not at all. */
        ENCRYPTED,
        /** Encrypted, with a certificate that a trusted authority gave for one of the names, or not at all. */
        VERIFIED,
        /** Encrypted, with a certificate that one of the records stands for (RFC 7672), or not at all. */
        DANE
    }

    public static final TlsDemand NEVER = of(Level.NEVER);
    public static final TlsDemand OPPORTUNISTIC = of(Level.OPPORTUNISTIC);
    public static final TlsDemand ENCRYPTED = of(Level.ENCRYPTED);
    public static final TlsDemand VERIFIED = of(Level.VERIFIED);

    public TlsDemand {
        names = List.copyOf(names);
        records = List.copyOf(records);
        if (level == Level.DANE && records.isEmpty()) {
            throw new IllegalArgumentException("DANE needs records");
        }
    }

    private static TlsDemand of(Level level) {
        return new TlsDemand(level, false, List.of(), List.of());
    }

    /** @param names the host's, and the domain's whose mail exchanger it is (RFC 7672 §3.2.2) */
    public static TlsDemand dane(List<Tlsa> records, List<String> names) {
        return new TlsDemand(Level.DANE, false, names, records);
    }

    /** The same from the first octet on; TLS that is only tried makes no sense there. */
    public TlsDemand fromTheStart() {
        var least = level.compareTo(Level.ENCRYPTED) < 0 ? Level.ENCRYPTED : level;
        return new TlsDemand(least, true, names, records);
    }

    /** The same, and with a proof of who it is. */
    public TlsDemand verified() {
        return isVerified() ? this : new TlsDemand(Level.VERIFIED, implicit, names, records);
    }

    /** Whether a connection in the clear is none. */
    public boolean isRequired() {
        return level.compareTo(Level.ENCRYPTED) >= 0;
    }

    /** Whether the host must prove who it is. */
    public boolean isVerified() {
        return level.compareTo(Level.VERIFIED) >= 0;
    }
}
