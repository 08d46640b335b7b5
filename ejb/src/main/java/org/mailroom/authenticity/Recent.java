package org.mailroom.authenticity;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.OneLine;

/**
 * Something of the database that lies in memory and is read again after a while. Only the very first readers wait; where it
 * cannot be read, the old holds on.
 */
final class Recent<T> {
    private static final System.Logger LOG = System.getLogger(Recent.class.getName());

    /** Soon enough for whoever changed something and looks whether it works. */
    static final Duration AGE = Duration.ofSeconds(2);

    private final Supplier<T> source;
    private final Duration age;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known<T> known;

    private record Known<T>(T value, long at) {}

    Recent(Duration age, Supplier<T> source) {
        this.age = age;
        this.source = source;
    }

    T get() {
        var current = known;
        if (current == null) {
            return first();
        }
        if (System.nanoTime() - current.at() < age.toNanos() || !reading.tryLock()) {
            return current.value();
        }
        try {
            return read(current);
        } finally {
            reading.unlock();
        }
    }

    private T first() {
        reading.lock();
        try {
            var current = known;
            return current == null ? read(null) : current.value();
        } finally {
            reading.unlock();
        }
    }

    private T read(@Nullable Known<T> before) {
        try {
            var value = source.get();
            known = new Known<>(value, System.nanoTime());
            return value;
        } catch (RuntimeException e) {
            if (before == null) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "authenticity status=old cause=" + OneLine.of(e.toString(), 300));
            known = new Known<>(before.value(), System.nanoTime());
            return before.value();
        }
    }
}
