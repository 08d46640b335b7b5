package org.mailroom.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Writes down in one transaction what several turns sent at the same time. Each turn waits until its own message is written,
 * so no more than before is between its 250 and the record of it; while one transaction is committed the next ones gather.
 */
final class SentTogether {
    private static final int MOST = 50;

    private final Predicate<List<Sent>> write;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    private static final class Waiting {
        private final Sent sent;
        private boolean over;
        private boolean written;

        Waiting(Sent sent) {
            this.sent = sent;
        }
    }

    /** @param write all or none; false or thrown where none was written */
    SentTogether(Predicate<List<Sent>> write) {
        this.write = write;
    }

    /** False where it was not written, and is to be tried alone: perhaps another of them was in the way. */
    boolean settle(Sent sent) {
        var mine = new Waiting(sent);
        waiting.add(mine);
        writing.lock();
        try {
            while (!mine.over) {
                writeSome();
            }
            return mine.written;
        } finally {
            writing.unlock();
        }
    }

    /** How many wait for the transaction after the one that is under way. */
    int waiting() {
        return waiting.size();
    }

    private void writeSome() {
        var some = new ArrayList<Waiting>();
        while (some.size() < MOST && waiting.peek() != null) {
            some.add(waiting.remove());
        }
        boolean written = false;
        try {
            written = write.test(some.stream().map(each -> each.sent).toList());
        } catch (RuntimeException e) {
            // Each is written alone then, where this is seen again and judged.
            System.getLogger(SentTogether.class.getName()).log(System.Logger.Level.DEBUG, "not written together", e);
        } finally {
            for (var each : some) {
                each.over = true;
                each.written = written;
            }
        }
    }
}
