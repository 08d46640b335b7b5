package org.mailroom.connector.net;

/** A protocol as the listeners see it: it makes a session for each client, and knows how to send one away. */
public interface ProtocolServer {
    /**
     * A client is here, and under TLS if the listener is of that kind. Runs on the connection's worker; the session sets its
     * framer and says its greeting in {@link Session#greet}.
     */
    Session open(Connection connection);

    /** The line that ends a conversation which the client did not end, with CRLF; empty to close without a word. */
    String farewell(Farewell why);
}
