package org.mailroom.contract.receive;

/** What ETRN brought about (RFC 1985 §5.2). */
public sealed interface QueueRun {
    /** @param messages that are now tried; 0 where none waits */
    record Started(int messages) implements QueueRun {}

    /** This client has no say over that domain's mail; the text says what it would take. */
    record NotEntitled(String text) implements QueueRun {}
}
