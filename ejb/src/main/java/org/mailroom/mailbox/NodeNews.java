package org.mailroom.mailbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node writes to the topic: its name and the mailboxes that changed, or its name alone as a greeting. From the
 * greetings each knows whether there is anybody to write to.
 */
final class NodeNews {
    private static final long GREETING = Duration.ofSeconds(30).toNanos();
    private static final long FORGOTTEN = Duration.ofSeconds(100).toNanos();

    private final String node;
    private final ConcurrentMap<String, Long> peers = new ConcurrentHashMap<>();
    private volatile long greeted = System.nanoTime() - GREETING;

    NodeNews(String node) {
        this.node = node;
    }

    boolean hasPeers() {
        return !peers.isEmpty();
    }

    boolean greetingIsDue() {
        long now = System.nanoTime();
        peers.values().removeIf(heard -> now - heard > FORGOTTEN);
        return now - greeted >= GREETING;
    }

    String write(List<Long> mailboxes) {
        greeted = System.nanoTime();
        return node + ' ' + mailboxes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The mailboxes of which another node wrote. */
    List<Long> read(String text) {
        var words = text.split(" ", 2);
        if (words[0].equals(node)) {
            return List.of();
        }
        if (peers.put(words[0], System.nanoTime()) == null) {
            greeted = System.nanoTime() - GREETING; // a new one should hear of us at once
        }
        return words.length < 2 || words[1].isEmpty()
                ? List.of()
                : Stream.of(words[1].split(",")).map(Long::valueOf).toList();
    }
}
