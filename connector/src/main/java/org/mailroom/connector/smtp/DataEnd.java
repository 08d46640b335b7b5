package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Spool;

/** The final dot of a message was read. */
record DataEnd(Spool content, DataFramer.Flaw flaw, Answer answerer) implements Input.Content {
    /** Who answers the dot. */
    interface Answer {
        Response to(Spool content, DataFramer.Flaw flaw);
    }

    Response answer() {
        return answerer.to(content, flaw);
    }

    @Override
    public void close() {
        content.close();
    }
}
