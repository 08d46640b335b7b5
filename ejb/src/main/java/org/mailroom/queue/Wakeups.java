package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailroom.trace.OneLine;

/**
 * Tells some node, after the commit, that there is something to send. The message carries an id and may get lost: then the
 * agent of this node is told, and if all fails the agents' timer finds the rows. So the broker is never in the way of a mail,
 * neither by its absence nor by its slowness.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Wakeups {
    private static final System.Logger LOG = System.getLogger(Wakeups.class.getName());
    private static final int WAITING = 10_000;

    private final BlockingQueue<QueueGrew> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicBoolean sending = new AtomicBoolean();

    @Resource(lookup = "jms/mailroom/factory")
    private ConnectionFactory factory;

    @Resource(lookup = "jms/mailroom/wakeup")
    private Queue queue;

    @Resource(lookup = "java:app/mailroom/delivery")
    private ManagedExecutorService executor;

    @Inject
    private DeliveryAgent agent;

    /** Runs on the thread of the one who committed, so it only takes note. */
    public void grew(@Observes(during = TransactionPhase.AFTER_SUCCESS) QueueGrew event) {
        if (waiting.offer(event)) {
            startSending();
        }
    }

    private void startSending() {
        if (sending.compareAndSet(false, true)) {
            try {
                executor.execute(this::sendAll);
            } catch (RejectedExecutionException e) {
                sending.set(false); // stopping; the rows stay
            }
        }
    }

    private void sendAll() {
        try {
            send();
        } finally {
            sending.set(false);
        }
        // One that came between the last look and the flag.
        if (!waiting.isEmpty()) {
            startSending();
        }
    }

    private void send() {
        var event = waiting.poll();
        try (var context = factory.createContext()) {
            var producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (; event != null; event = waiting.poll()) {
                producer.send(queue, WakeupListener.text(event));
            }
        } catch (RuntimeException e) {
            // Whatever the broker's client throws when it is away: the mail is safe.
            LOG.log(System.Logger.Level.WARNING, "wakeup broker=down cause=" + OneLine.of(e.toString(), 300));
            for (; event != null; event = waiting.poll()) {
                agent.wake(event.id(), event.now());
            }
        }
    }
}
