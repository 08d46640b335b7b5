package org.mailroom.admin;

import java.time.Instant;

/**
 * What happened in an hour.
 *
 * @param received messages taken
 * @param refused refusals of recipients, senders and messages, for good
 * @param sent recipients whose mail another host took over
 * @param deferred attempts that were in vain for now: ours at other hosts, and others' at ours
 */
public record TrafficHour(Instant hour, long received, long refused, long sent, long deferred) {}
