package org.mailroom.connector.ra;

import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The container's handle on the wire. It opens no socket before the house can take every call that a client may cause:
 * all endpoints must be there, and the first of them have said that the schema is current. When the first endpoint goes,
 * the sockets go.
 */
@Connector(
        displayName = "Mailroom",
        vendorName = "Mailroom",
        eisType = "Mail",
        version = "1",
        transactionSupport = TransactionSupportLevel.NoTransaction)
public class MailResourceAdapter implements ResourceAdapter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Endpoints endpoints = new Endpoints();
    private @Nullable WireRun run;

    @Override
    public void start(BootstrapContext context) {
        // Threads are the wire's own: the container's work manager lends platform threads, and clients come in
        // thousands.
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws NotSupportedException {
        lock.lock();
        try {
            endpoints.add(factory);
            if (endpoints.isComplete() && run == null) {
                run = new WireRun(endpoints.snapshot());
                run.start();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        halt();
        lock.lock();
        try {
            endpoints.remove(factory);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        halt();
    }

    /** Returns when nothing of the wire runs any more. */
    private void halt() {
        WireRun running;
        lock.lock();
        try {
            running = run;
            run = null;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.close();
        }
    }

    /** Messages that are under way at a crash were not acknowledged; there is nothing to recover. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
