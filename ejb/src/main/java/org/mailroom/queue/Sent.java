package org.mailroom.queue;

/** One message all of whose recipients were taken. */
public record Sent(Batch batch, Judgement judgement) {}
