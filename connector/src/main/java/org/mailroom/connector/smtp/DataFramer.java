package org.mailroom.connector.smtp;

import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Framer;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Window;

/** Reads a message of DATA up to its final dot, block by block. */
record DataFramer(MessageText text, TextEnd.Answer answer) implements Framer {
    @Override
    public @Nullable Input next(Window window, Connection connection) {
        window.take(text.take(window.array(), window.from(), window.to()));
        return text.isEnded() ? new TextEnd(answer) : null;
    }
}
