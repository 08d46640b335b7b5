package org.mailroom.contract.relay;

import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;

/** An SMTP connection to one host, from the container's pool; closing hands it back. Not for two threads at once. */
public interface Relay extends AutoCloseable {
    /** What the host offers, so that a message can be put into a form that it takes. */
    Extensions extensions();

    /**
     * Sends one message. What the remote says is in the report, recipient by recipient, even where the connection broke; this
     * throws nothing for a remote's misbehaviour.
     */
    DeliveryReport send(Envelope envelope, MessageSource content);

    /** Back to the pool, or closed where it broke. */
    @Override
    void close();
}
