package org.mailroom.admin;

/** How much of the queue an operator's deed concerned. */
public record QueueDone(int messages, int recipients) {}
