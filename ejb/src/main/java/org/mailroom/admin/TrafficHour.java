package org.mailroom.admin;

import java.time.Instant;

/**
 * What happened in an hour.
 *
 * @param received messages taken
 * @param refused refusals of recipients, senders and messages
 * @param sent recipients whose mail another host took over
 * @param deferred attempts that were in vain for now
 */
public record TrafficHour(Instant hour, long received, long refused, long sent, long deferred) {}
