package org.mailroom.connector.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the octets of a connection into inputs. It runs on the worker, not on the event loop, so it may write to files; and
 * it is asked only when the session is done with the input before, so what follows a command is cut as that command left
 * matters.
 */
public interface Framer extends AutoCloseable {
    /**
     * Takes octets from the window.
     *
     * @return the next input, or null where all of the window was taken or more octets must come first
     */
    @Nullable
    Input next(Window window, Connection connection) throws IOException;

    /** The connection ended or another framer takes over: an input that is half here is given up, with its files. */
    @Override
    default void close() {}
}
