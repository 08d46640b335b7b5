package org.mailroom.connector.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a connection's worker: octets, tasks, and the end of both. Whoever puts something in sees to it that a
 * worker runs, and the worker may rest only when nothing is left; so there is never more than one.
 */
final class Inbox {
    /** Octets that wait before reading from the socket stops, and TCP slows the client down. */
    private static final int BACKLOG = 64 * 1024;

    /** What a worker that has nothing to do may do. */
    enum Rest {
        /** Something came meanwhile. */
        GO_ON,
        /** Nothing will come any more. */
        AT_END,
        /** Something may come; the thread ends. */
        SLEEP
    }

    private final SocketChannel channel;
    private final Runnable startWorker;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int backlog;
    private boolean working;
    private boolean inputOver;
    private boolean gone;

    Inbox(SocketChannel channel, Runnable startWorker) {
        this.channel = channel;
        this.startWorker = startWorker;
    }

    /** Takes over the buffer. */
    void arrive(ByteBuf octets) {
        lock.lock();
        try {
            if (gone || !octets.isReadable()) {
                octets.release();
                return;
            }
            arrived.add(octets);
            backlog += octets.readableBytes();
            if (backlog > BACKLOG) {
                channel.config().setAutoRead(false);
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Dropped when the connection is gone. */
    void add(Runnable task) {
        lock.lock();
        try {
            if (!gone) {
                tasks.add(task);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The client will send no more, but may still read what it asked for. */
    void inputEnds() {
        lock.lock();
        try {
            inputOver = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    void connectionEnds() {
        lock.lock();
        try {
            gone = true;
            inputOver = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (!working) {
            working = true;
            startWorker.run();
        }
    }

    @Nullable
    Runnable nextTask() {
        lock.lock();
        try {
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves what arrived into the window, or nowhere where the worker wants no more; then reading goes on.
     *
     * @return false where nothing arrived
     */
    boolean refill(Window window, boolean wanted) {
        lock.lock();
        try {
            if (arrived.isEmpty()) {
                return false;
            }
            if (wanted) {
                arrived.forEach(window::add);
            }
            drop();
        } finally {
            lock.unlock();
        }
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        return true;
    }

    /** Forgets what arrived; returns how many octets that was. */
    int drop() {
        lock.lock();
        try {
            arrived.forEach(ByteBuf::release);
            arrived.clear();
            int dropped = backlog;
            backlog = 0;
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** @param ended the worker has done its last */
    Rest rest(boolean ended) {
        lock.lock();
        try {
            if (!tasks.isEmpty() || !arrived.isEmpty()) {
                return Rest.GO_ON;
            }
            if (inputOver && !ended) {
                return Rest.AT_END;
            }
            working = false;
            return Rest.SLEEP;
        } finally {
            lock.unlock();
        }
    }

    boolean isInputOver() {
        lock.lock();
        try {
            return inputOver;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the next word is the client's. */
    boolean isWaiting() {
        lock.lock();
        try {
            return !working && !gone;
        } finally {
            lock.unlock();
        }
    }
}
