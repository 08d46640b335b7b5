package org.mailroom.queue;

/**
 * Said when a transaction put a message into the queue, and heard after its commit.
 *
 * @param id of the queued message
 * @param now whether somebody asked for an attempt even where its destination is known to be down
 */
public record QueueGrew(long id, boolean now) {}
