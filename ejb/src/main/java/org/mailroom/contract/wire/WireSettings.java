package org.mailroom.contract.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailroom.contract.Protocol;

/**
 * How the wire behaves; read once, when the sockets open. The keys and their defaults are the house's.
 *
 * @param hostname our name in banners, EHLO and Received
 * @param exempt networks (CIDR) that are free of limits
 */
public record WireSettings(
        String hostname,
        List<Listener> listeners,
        Tls tls,
        PlaintextLogin plaintextLogin,
        Limits limits,
        List<String> exempt) {
    public WireSettings {
        listeners = List.copyOf(listeners);
        exempt = List.copyOf(exempt);
    }

    /**
     * One socket to open.
     *
     * @param name as the log and the console call it: {@code smtp}, {@code submissions}, {@code imaps} …
     * @param address to bind to, as text
     * @param implicitTls TLS from the first octet (RFC 8314), otherwise STARTTLS is offered
     */
    public record Listener(String name, Protocol protocol, String address, int port, boolean implicitTls) {}

    /** Certificate chain and private key, both PEM; read again when the files change. */
    public record Tls(Path certificate, Path privateKey) {}

    /** Where a password may pass without TLS. */
    public enum PlaintextLogin {
        /** From 127.0.0.0/8 and ::1, where nobody listens in. */
        LOOPBACK,
        NEVER,
        ALWAYS
    }

    /**
     * What one client may cost.
     *
     * @param connections in all
     * @param connectionsPerAddress from one IP address
     * @param recipients a message
     * @param messageSize octets
     * @param errors that end an SMTP session
     * @param commandTimeout silence that ends an SMTP session (RFC 5321 §4.5.3.2.7: at least 5 minutes)
     * @param pop3Timeout (RFC 1939 §3: at least 10 minutes)
     * @param imapTimeout (RFC 9051 §5.4: at least 30 minutes)
     * @param loginTimeout silence before login
     * @param calls to the house at a time; below the size of the endpoint pools
     */
    public record Limits(
            int connections,
            int connectionsPerAddress,
            int recipients,
            long messageSize,
            int errors,
            Duration commandTimeout,
            Duration pop3Timeout,
            Duration imapTimeout,
            Duration loginTimeout,
            int calls) {}
}
