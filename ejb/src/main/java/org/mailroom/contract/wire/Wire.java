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

    /** Says goodbye to all clients and closes the sockets; returns when nobody can ask the house for anything any more. */
    void close();

    /** A listener that is open. */
    record Listening(Protocol protocol, String name, InetSocketAddress address, boolean implicitTls, int sessions) {}

    /**
     * A client that is connected.
     *
     * @param login the address of the account, or null
     * @param doing the last command, without its arguments
     */
    record Session(
            String id,
            Protocol protocol,
            InetSocketAddress client,
            Instant since,
            boolean tls,
            @Nullable String login,
            String doing) {}
}
