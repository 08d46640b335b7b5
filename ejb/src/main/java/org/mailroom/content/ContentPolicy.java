package org.mailroom.content;

import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.receive.Client;
import org.mailroom.message.ParsedMessage;

/**
 * One link of the chain that judges a whole message from outside. Every bean of this type takes part, also one of another
 * application. Called without a transaction and without a database connection, while the client waits and while one of the
 * wire's calls is taken: who asks somebody else must limit both how long it waits and how many wait.
 */
public interface ContentPolicy {
    /** Where in the chain: the lower is asked first. */
    int order();

    /** A verdict, or nothing where it is not this policy's business. */
    Optional<ContentVerdict> judge(Question question);

    /**
     * What is known after the final dot.
     *
     * @param queueId the id that the message will have if it is taken
     * @param source the message as it would be kept, which is what was parsed: Return-Path and our Received come first
     */
    record Question(Client client, Envelope envelope, String queueId, ParsedMessage parsed, MessageSource source) {}
}
