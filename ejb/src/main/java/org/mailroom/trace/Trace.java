package org.mailroom.trace;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Takes down what happened. What was done to a message is written with the deed, in one transaction; what was refused leaves
 * no transaction behind and goes through a bounded batch writer, which never makes a client wait. No EJB, for each call of one
 * costs more than the work that is done here.
 */
@ApplicationScoped
public class Trace {
    private static final System.Logger LOG = System.getLogger(Trace.class.getName());
    private static final int WAITING = 20_000;
    private static final int BATCH = 500;

    private final BlockingQueue<TraceStep> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicLong overrun = new AtomicLong();

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Resource(lookup = "java:app/mailroom/trace")
    private ManagedExecutorService executor;

    @Inject
    private TraceWriter writer;

    /** In the caller's transaction: the step stands if the deed does. */
    public void write(List<TraceStep> steps) {
        try (var connection = database.getConnection()) {
            TraceTable.insert(connection, steps);
        } catch (SQLException e) {
            throw new IllegalStateException("the trace was not written", e);
        }
    }

    /** Soon, in a transaction of its own. Where refusals come faster than the database writes, some are only counted. */
    public void later(TraceStep step) {
        if (!waiting.offer(step)) {
            overrun.incrementAndGet();
        }
        startWriting();
    }

    private void startWriting() {
        if (writing.compareAndSet(false, true)) {
            try {
                executor.execute(this::writeAll);
            } catch (RejectedExecutionException e) {
                writing.set(false); // stopping: the rest is written at the end
            }
        }
    }

    private void writeAll() {
        try {
            while (writeBatch()) {}
        } finally {
            writing.set(false);
        }
        // One that came between the last look and the flag.
        if (!waiting.isEmpty()) {
            startWriting();
        }
    }

    private boolean writeBatch() {
        var batch = new ArrayList<TraceStep>();
        waiting.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        try {
            writer.write(batch);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "trace status=lost steps=" + batch.size() + " cause=" + e);
        }
        long missed = overrun.getAndSet(0);
        if (missed > 0) {
            LOG.log(System.Logger.Level.WARNING, "trace status=overrun steps=" + missed);
        }
        return true;
    }

    @PreDestroy
    void writeRest() {
        while (writeBatch()) {}
    }
}
