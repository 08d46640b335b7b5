package org.mailroom.contract.relay;

import java.io.Serializable;

/**
 * One host to speak SMTP to.
 *
 * @param host its name, for TLS and the log
 * @param address the IP address to connect to, as text
 * @param helo the name that we give ourselves in EHLO
 * @param tls how STARTTLS is used
 */
public record RelayTarget(String host, String address, int port, String helo, Tls tls) implements Serializable {
    /** How much TLS a connection needs. */
    public enum Tls {
        /** In the clear, whatever is offered. */
        NEVER,
        /** Encrypted where offered, without asking who it is (RFC 7435); in the clear where it is not or the handshake fails. */
        OPPORTUNISTIC,
        /** Encrypted, with a certificate that is valid for the host's name, or not at all. */
        VERIFIED
    }
}
