package org.mailroom.connector.relay;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Looks at all sockets a few times a second, and closes those that are late; its one thread ends with the last of them. */
final class Deadlines {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Set<RemoteSocket> watched = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;

    synchronized void watch(RemoteSocket socket) {
        watched.add(socket);
        if (thread == null) {
            thread = Thread.ofVirtual().name("relay-deadlines").start(this::look);
        }
    }

    void forget(RemoteSocket socket) {
        watched.remove(socket);
    }

    private void look() {
        while (!isOver()) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException nobodyDoes) {
                continue;
            }
            long now = System.nanoTime();
            watched.forEach(socket -> socket.closeIfLate(now));
        }
    }

    private synchronized boolean isOver() {
        if (watched.isEmpty()) {
            thread = null;
        }
        return thread == null;
    }
}
