package org.mailroom.queue;

import java.time.Duration;
import java.util.Optional;
import org.mailroom.directory.RouteTls;

/**
 * How mail for one domain is sent.
 *
 * @param notice after which the sender is told that it takes long; zero: never
 * @param concurrency connections of one node at a time
 * @param perMinute messages of all nodes in a minute; 0: as many as it takes
 * @param tls what its hosts must offer; empty: nobody has said
 */
public record Terms(RetrySchedule schedule, Duration notice, int concurrency, int perMinute, Optional<RouteTls> tls) {}
