package org.mailroom.connector.net;

/** Why we end a conversation that the client would have gone on with. */
public enum Farewell {
    /** The server goes down. */
    STOPPING,
    /** The client said nothing for too long. */
    IDLE,
    /** The client took longer than its deed may take. */
    TOO_SLOW,
    /** An administrator ended the session. */
    ENDED,
    /** More connections than we serve at all. */
    TOO_MANY,
    /** More connections than one address may have. */
    TOO_MANY_FROM_ADDRESS,
    /** Something of ours broke; it stands in the log. */
    FAULT
}
