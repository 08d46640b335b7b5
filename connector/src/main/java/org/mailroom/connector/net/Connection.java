package org.mailroom.connector.net;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;

/**
 * A client's connection as its session sees it. Everything but {@link #run}, {@link #end} and the plain questions is for the worker only:
 * call it from the session's methods and from tasks given to {@link #run}.
 */
public interface Connection {
    /** Short, and unique on this node; stands in the log and the trace. */
    String id();

    /** As the listener was declared. */
    Protocol protocol();

    /** Of the client, after PROXY. */
    InetSocketAddress client();

    /** Whether the client's network is free of limits. */
    boolean exempt();

    /** Whether the client's network may look behind the scenes. */
    boolean trusted();

    /** Protocol and cipher suite, such as {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; null in the clear. */
    @Nullable
    String tls();

    /** What TLS agreed on; null in the clear. */
    @Nullable
    SSLSession tlsSession();

    /** Whether STARTTLS can be offered: in the clear, with a certificate at hand. */
    boolean canStartTls();

    /** Whether a password may pass here: under TLS, or where the settings allow it without. */
    boolean passwordAllowed();

    /** Cuts what is read from now on; the one before is closed. */
    void framer(Framer framer);

    /** How long the client may be silent, from now on. */
    void silence(Duration longest);

    /** How long the deed that begins now may take, however busy the client is; null: for ever. */
    void deadline(@Nullable Duration longest);

    /**
     * Writes text as UTF-8. What is written leaves when the worker has nothing more to do, at {@link #flush}, or when much of
     * it has gathered; then this waits until the client reads. Text stands in the transcript, so mail is written as octets.
     *
     * @throws ConnectionClosed when the client is gone
     */
    default void write(String text) {
        said(text);
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes octets, which are copied. */
    void write(byte[] octets, int offset, int length);

    default void write(byte[] octets) {
        write(octets, 0, octets.length);
    }

    /** For the transcript: what is being written. */
    default void said(String text) {}

    /** Sends what was written. */
    void flush();

    /**
     * Sends what was written and waits until the client has read most of it: to be called before fetching more to send.
     *
     * @throws ConnectionClosed when the client is gone, or read nothing for the longest silence
     */
    void awaitWritable();

    /** Runs a task on the worker between two inputs; from any thread. Dropped when the connection is gone. */
    void run(Runnable task);

    /**
     * Sends the reply and begins TLS. What the client sent behind the command is thrown away unread (RFC 3207 §5), and
     * nothing is read in the clear any more. When this returns the session begins anew; the handshake goes on meanwhile.
     */
    void startTls(String reply);

    /** Closes when what was written is sent; what else has been read is dropped. The session hears {@link Session#closed}. */
    void close();

    /** Says the protocol's farewell, after the input at hand, and closes; from any thread. */
    void end(Farewell why);

    /** For the list of sessions: the address that logged in. */
    void login(String address);

    /** For the list of sessions: the command, without its arguments. */
    void doing(String command);
}
