package org.mailroom.connector.smtp;

import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Framer;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Window;

/** Reads the octets of one BDAT (RFC 3030 §2), as many as were announced, whatever they look like. */
final class ChunkFramer implements Framer {
    private final @Nullable MessageText text;
    private final TextEnd.Answer answer;
    private long left;

    /** @param text where the octets go, or null where they go nowhere */
    ChunkFramer(long octets, @Nullable MessageText text, TextEnd.Answer answer) {
        this.left = octets;
        this.text = text;
        this.answer = answer;
    }

    @Override
    public @Nullable Input next(Window window, Connection connection) {
        int octets = (int) Math.min(left, window.length());
        if (text != null) {
            text.take(window.array(), window.from(), window.from() + octets);
        }
        window.take(octets);
        left -= octets;
        return left == 0 ? new TextEnd(answer) : null;
    }
}
