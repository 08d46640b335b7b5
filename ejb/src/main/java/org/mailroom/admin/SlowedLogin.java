package org.mailroom.admin;

import java.time.Instant;

/**
 * Somebody who failed to log in so often that his tries wait.
 *
 * @param who a name, a client's network, or both
 * @param last when he failed last
 * @param seconds until his next try is looked at
 */
public record SlowedLogin(String who, int failures, Instant last, long seconds) {}
