package org.mailroom.contract.relay;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One host to speak to, and how. The pool tells connections apart by it: who wants more security, or another login, gets
 * another connection.
 *
 * @param host its name, for TLS and the log
 * @param address the IP address to connect to, as text
 * @param helo the name that we give ourselves in EHLO
 * @param protocol SMTP or LMTP
 * @param tls how much TLS it takes, and who may be at the other end
 * @param login whom to log in as once TLS stands, or null
 */
public record RelayTarget(
        String host,
        String address,
        int port,
        String helo,
        Protocol protocol,
        TlsDemand tls,
        @Nullable Credentials login)
        implements Serializable {
    /** What is spoken. */
    public enum Protocol {
        SMTP,
        /** RFC 2033: LHLO, and a reply to the final dot for each recipient. */
        LMTP
    }

    /** A mail exchanger: SMTP without a login. */
    public RelayTarget(String host, String address, int port, String helo, TlsDemand tls) {
        this(host, address, port, helo, Protocol.SMTP, tls, null);
    }

    public RelayTarget with(TlsDemand demand) {
        return new RelayTarget(host, address, port, helo, protocol, demand, login);
    }

    /** As the log and the trace name it. */
    public String where() {
        return host + "[" + address + "]:" + port;
    }
}
