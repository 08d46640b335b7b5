package org.mailroom.contract.relay;

import java.util.List;

/**
 * What a host said to one message.
 *
 * @param outcomes in the order of the envelope's recipients, one each
 * @param tls protocol and cipher suite; in the clear why there is no TLS, or empty where it was not offered
 * @param proof how the host proved who it is
 * @param dsn whether it took over the duty to report (RFC 3461 §6.2.1), because it offers DSN
 */
public record DeliveryReport(List<Outcome> outcomes, String tls, Proof proof, boolean dsn) {
    /** What stands behind a host's certificate. */
    public enum Proof {
        /** Nobody asked. */
        NONE,
        /** An authority that the platform trusts. */
        PKIX,
        /** The domain name system (RFC 7672). */
        DANE
    }

    public DeliveryReport {
        outcomes = List.copyOf(outcomes);
    }
}
