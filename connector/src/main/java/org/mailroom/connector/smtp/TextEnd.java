package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;
import org.mailroom.connector.net.Input;

/** The final dot of a message, or the last octet of a chunk, was read. */
record TextEnd(Answer answerer) implements Input.Content {
    /** Who answers it. */
    interface Answer {
        Response now();
    }

    Response answer() {
        return answerer.now();
    }
}
