package org.mailroom.admin;

import java.time.Duration;
import org.mailroom.house.OpenWire;

/** New entries in the transcript of a session; the mark is the number of the last, and one. */
record SessionNews(OpenWire wire, String session) implements News {
    private static final Duration PACE = Duration.ofMillis(300);

    @Override
    public long await(long seen, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            var newer = wire.transcript(session, seen - 1);
            if (!newer.isEmpty()) {
                return newer.getLast().number() + 1;
            }
            if (wire.sessions().stream().noneMatch(open -> open.id().equals(session))) {
                return -1;
            }
            if (System.nanoTime() - end > 0) {
                return seen;
            }
            Thread.sleep(PACE);
        }
    }
}
