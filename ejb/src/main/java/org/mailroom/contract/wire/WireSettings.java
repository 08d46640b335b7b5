package org.mailroom.contract.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;

/**
 * How the wire behaves; read once, when the sockets open. The keys and their defaults are the house's.
 *
 * @param hostname our name in banners, EHLO and Received
 * @param mechanisms of SASL that logins may use
 * @param exempt networks (CIDR) that are free of limits
 * @param trusted networks that VRFY, EXPN, VERB and ETRN tell the truth
 * @param proxies networks of which every connection begins with a PROXY header
 * @param transcripts octets for what was said lately in all sessions; 0: none of it is kept
 */
public record WireSettings(
        String hostname,
        List<Listener> listeners,
        Tls tls,
        PlaintextLogin plaintextLogin,
        Mechanisms mechanisms,
        Limits limits,
        Smtp smtp,
        List<String> exempt,
        List<String> trusted,
        List<String> proxies,
        int transcripts) {
    public WireSettings {
        listeners = List.copyOf(listeners);
        exempt = List.copyOf(exempt);
        trusted = List.copyOf(trusted);
        proxies = List.copyOf(proxies);
    }

    /**
     * How clients may log in.
     *
     * @param names in capitals, in the order in which they are offered
     * @param keytab with our keys in Kerberos (GSSAPI); null for none
     */
    public record Mechanisms(List<String> names, @Nullable Path keytab) {
        public Mechanisms {
            names = List.copyOf(names);
        }
    }

    /**
     * One socket to open.
     *
     * @param name as the log and the console call it: {@code smtp}, {@code submissions}, {@code imaps} …
     * @param address to bind to, as text
     * @param implicitTls TLS from the first octet (RFC 8314), otherwise STARTTLS is offered
     */
    public record Listener(String name, Protocol protocol, String address, int port, boolean implicitTls) {}

    /**
     * Certificate chain and private key, both PEM; read again when the files change.
     *
     * @param clientAuthorities in PEM, whose certificates clients may log in with (EXTERNAL); null for none
     */
    public record Tls(
            Path certificate, Path privateKey, @Nullable Path clientAuthorities) {
        public Tls(Path certificate, Path privateKey) {
            this(certificate, privateKey, null);
        }
    }

    /** Where a password may pass without TLS. */
    public enum PlaintextLogin {
        /** From 127.0.0.0/8 and ::1, where nobody listens in. */
        LOOPBACK,
        NEVER,
        ALWAYS
    }

    /**
     * What SMTP, submission and LMTP take.
     *
     * @param commands a session
     * @param idleCommands commands in a row that bring no mail nearer
     * @param messages a session
     * @param lineLength octets of a line of a message, without CRLF (RFC 5321 §4.5.3.1.6)
     * @param transactionTimeout from MAIL to the end of the message
     * @param longestHold how far ahead a submission may be dated (RFC 4865)
     */
    public record Smtp(
            int commands,
            int idleCommands,
            int messages,
            int lineLength,
            BareLineEnds bareLineEnds,
            Duration transactionTimeout,
            Duration longestHold) {}

    /** What becomes of a message with a CR or LF that stands alone; none of them ever ends a line or the message. */
    public enum BareLineEnds {
        /** It is refused. */
        REFUSE,
        /** LF is read as CRLF, CR as a space. */
        NORMALISE
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
     * @param imapMessages that one IMAP command deals with (RFC 9738)
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
            int calls,
            int imapMessages) {
        /** With room for more messages than any mailbox has. */
        public Limits(
                int connections,
                int connectionsPerAddress,
                int recipients,
                long messageSize,
                int errors,
                Duration commandTimeout,
                Duration pop3Timeout,
                Duration imapTimeout,
                Duration loginTimeout,
                int calls) {
            this(
                    connections,
                    connectionsPerAddress,
                    recipients,
                    messageSize,
                    errors,
                    commandTimeout,
                    pop3Timeout,
                    imapTimeout,
                    loginTimeout,
                    calls,
                    1_000_000);
        }
    }
}
