package org.mailroom.connector.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.wire.WireSettings;

/** All connections: how many there may be, in all and from one address, and who is still here. */
final class Sessions {
    private final WireSettings.Limits limits;
    private final Networks exempt;
    private final Networks trusted;
    private final Networks proxies;
    private final Transcripts transcripts;
    private final Map<String, ClientConnection> open = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Map<Object, Integer> perAddress = new HashMap<>();

    /** Connections of which the socket is open or the session has not heard its last call. */
    private final Set<ClientConnection> channels = new HashSet<>();

    private final Set<ClientConnection> unfinished = new HashSet<>();

    private boolean shut;
    private boolean draining;

    Sessions(WireSettings settings) {
        this.limits = settings.limits();
        this.exempt = Networks.of(settings.exempt());
        this.trusted = Networks.of(settings.trusted());
        this.proxies = Networks.of(settings.proxies());
        this.transcripts = new Transcripts(settings.transcripts());
    }

    Transcripts transcripts() {
        return transcripts;
    }

    boolean isExempt(InetAddress address) {
        return exempt.contains(address);
    }

    boolean isProxy(InetAddress address) {
        return proxies.contains(address);
    }

    boolean isTrusted(InetAddress address) {
        return trusted.contains(address);
    }

    /** Takes the connection in, or tells why not; in one step, for several loops accept at once. */
    @Nullable
    Farewell admit(ClientConnection connection) {
        var key = key(connection.client().getAddress());
        lock.lock();
        try {
            var refusal = connection.exempt() ? null : refusal(key);
            if (shut || draining || refusal != null) {
                return shut || draining ? Farewell.STOPPING : refusal;
            }
            channels.add(connection);
            unfinished.add(connection);
            perAddress.merge(key, 1, Integer::sum);
            open.put(connection.id(), connection);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Farewell refusal(Object key) {
        if (channels.size() >= limits.connections()) {
            return Farewell.TOO_MANY;
        }
        return perAddress.getOrDefault(key, 0) >= limits.connectionsPerAddress()
                ? Farewell.TOO_MANY_FROM_ADDRESS
                : null;
    }

    void drain(boolean now) {
        lock.lock();
        try {
            draining = now;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nobody comes in: what was accepted and is not here yet would miss its goodbye. */
    void shut() {
        lock.lock();
        try {
            shut = true;
        } finally {
            lock.unlock();
        }
    }

    /** The socket is closed. */
    void left(ClientConnection connection) {
        lock.lock();
        try {
            if (channels.remove(connection)) {
                perAddress.computeIfPresent(key(connection.client().getAddress()), (k, n) -> n > 1 ? n - 1 : null);
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended. */
    void finished(ClientConnection connection) {
        open.remove(connection.id());
        lock.lock();
        try {
            unfinished.remove(connection);
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        if (channels.isEmpty() && unfinished.isEmpty()) {
            empty.signalAll();
        }
    }

    /** Waits until nobody is left; false where somebody is. */
    boolean awaitEmpty(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!channels.isEmpty() || !unfinished.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = empty.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    Collection<ClientConnection> all() {
        return open.values();
    }

    /** Also those that said goodbye and wait for the client to hang up. */
    Collection<ClientConnection> sockets() {
        lock.lock();
        try {
            return Set.copyOf(channels);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ClientConnection find(String id) {
        return open.get(id);
    }

    /** Eight characters; at a million sessions alive, two would share one in once in a thousand starts. */
    String newId() {
        while (true) {
            var id = Long.toString(ThreadLocalRandom.current().nextLong(1L << 35, 1L << 40), 32);
            if (!open.containsKey(id)) {
                return id;
            }
        }
    }

    void startWorker(String name, Runnable work) {
        Thread.ofVirtual().name(name).start(work);
    }

    /** A household or a machine has one IPv4 address, or a /64 of IPv6. */
    private static Object key(InetAddress address) {
        return address instanceof Inet6Address six
                ? new Prefix(Arrays.hashCode(Arrays.copyOf(six.getAddress(), 8)), six)
                : address;
    }

    private record Prefix(int hash, Inet6Address address) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Prefix prefix
                    && Arrays.equals(address.getAddress(), 0, 8, prefix.address.getAddress(), 0, 8);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
