package org.mailroom.contract.wire;

/** The first call of the resource adapter, before it opens a socket, and the last. */
public interface House {
    /**
     * Waits until all of the house has started, and remembers the wire.
     *
     * @return which listeners to open, and how
     * @throws RuntimeException where Mailroom must not start; the message says what to mend
     */
    WireSettings open(Wire wire);

    /** What became of the listeners; an empty text where all are open. */
    void listening(String problem);

    /** The sockets are closed and the sessions have ended. */
    void close();
}
