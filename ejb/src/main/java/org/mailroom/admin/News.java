package org.mailroom.admin;

import java.time.Duration;

/** Tells when there is something new to look at; whether one may look was judged when it was handed out. Any thread may ask. */
@FunctionalInterface
public interface News {
    /**
     * Waits until what is to be seen is not what was seen, but no longer than so long.
     *
     * @param seen what this returned last; 0 at first
     * @return a mark of what is to be seen now; negative where there will be nothing new any more
     */
    long await(long seen, Duration longest) throws InterruptedException;
}
