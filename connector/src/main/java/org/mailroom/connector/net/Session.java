package org.mailroom.connector.net;

/**
 * One client's conversation. Every method runs on the connection's worker, a virtual thread, one at a time and in order; it
 * may wait as long as it must, for meanwhile nothing is read. Between inputs an idle session holds no thread.
 *
 * <p>A {@link ConnectionClosed} that a write throws may be let through; any other exception that leaves a method is logged
 * and ends the connection with {@link Farewell#FAULT}.
 */
public interface Session {
    /** The first call: choose the framer, write the greeting. */
    void greet();

    /** A whole input, as the framer cut it. Closed (its spooled literals deleted) when this returns. */
    void received(Input input);

    /** Writes the protocol's last words; a session that packs what it writes packs these too. */
    default void farewell(Connection connection, String text) {
        connection.write(text);
    }

    /** The last call, whoever ended the conversation: give back what the session holds. Writing is in vain here. */
    void closed();
}
