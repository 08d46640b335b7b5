package org.mailroom.policy;

/**
 * One link of the chain that judges mail. Every bean of this type takes part, at whichever steps it cares for: each step asks
 * all links, in order, until one has decided. Called without a transaction and without a database connection, while the client
 * waits and while one of the wire's calls is taken: who asks somebody else must limit both how long it waits and how many wait.
 */
public interface Policy {
    /** Where in the chain: the lower is asked first. */
    int order();

    /** EHLO or HELO was said. A refusal ends the session. */
    default Decision connection(Question.Connection question) {
        return Decision.NONE;
    }

    /** MAIL FROM. */
    default Decision sender(Question.Sender question) {
        return Decision.NONE;
    }

    /** RCPT TO. */
    default Decision recipient(Question.Recipient question) {
        return Decision.NONE;
    }

    /** The final dot was read; nothing is kept yet. */
    default Decision content(Question.Content question) {
        return Decision.NONE;
    }
}
