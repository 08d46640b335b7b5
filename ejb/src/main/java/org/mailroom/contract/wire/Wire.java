package org.mailroom.contract.wire;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;

/** What the house may ask of the open sockets: the console shows it, an administrator may end a session. */
public interface Wire {
    List<Listening> listeners();

    List<Session> sessions();

    /** Ends a session politely (421, BYE); false where there is none of this id. */
    boolean end(String session);

    /**
     * What was said lately in a session, also in one that has ended; without secrets and messages.
     *
     * @param after the number of the last entry that is known; -1: all that are kept
     */
    List<Said> transcript(String session, long after);

    /** Sessions of which something is kept, the latest first. */
    List<Past> past(int most);

    /** From now on new clients are turned away, or no longer; who is here may stay. */
    void drain(boolean draining);

    /** Looks now whether certificate and key have changed, as otherwise every few seconds. */
    void readCertificate();

    /** Says goodbye to all clients and closes the sockets; returns when nobody can ask the house for anything any more. */
    void close();

    /** A listener that is open. */
    record Listening(Protocol protocol, String name, InetSocketAddress address, boolean implicitTls, int sessions) {}

    /**
     * A client that is connected.
     *
     * @param listener by its name, as in {@link Listening}
     * @param login the address of the account, or null
     * @param doing the last command, without its arguments
     */
    record Session(
            String id,
            Protocol protocol,
            String listener,
            InetSocketAddress client,
            Instant since,
            boolean tls,
            @Nullable String login,
            String doing) {}

    /** Whose entry of a transcript it is, or what it tells of the connection. */
    enum Who {
        CLIENT,
        SERVER,
        /** Protocol and client. */
        OPENED,
        /** What TLS agreed on. */
        TLS,
        /** The account. */
        LOGIN,
        CLOSED
    }

    /**
     * An entry of a transcript.
     *
     * @param number of a later one it is higher
     * @param text without secrets; more than one line where the server said so
     */
    record Said(long number, Instant at, Who who, String text) {}

    /** @param about protocol and client; empty where that is forgotten */
    record Past(String session, Instant from, Instant to, String about, int entries) {}
}
