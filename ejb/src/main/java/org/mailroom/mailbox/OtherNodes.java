package org.mailroom.mailbox;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * News of changed mailboxes to and from other nodes, by a JMS topic. Nobody waits for it: a delivering thread only puts the
 * mailbox into a queue, and a node that hears nothing asks the database a little later ({@link ViewSlot}). A node that is
 * alone, as most are, sends a greeting now and then and nothing else.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OtherNodes {
    static final String TOPIC = "jms/mailroom/changed";
    static final String FACTORY = "jms/mailroom/factory";

    private static final System.Logger LOG = System.getLogger(OtherNodes.class.getName());
    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 200;
    private static final long RETRY_SECONDS = 10;

    private final BlockingQueue<Long> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final NodeNews news = new NodeNews(UUID.randomUUID().toString());
    private final List<Thread> threads = new ArrayList<>();

    @Resource
    private ManagedThreadFactory threadFactory;

    @Inject
    private MailboxWatchers watchers;

    private volatile boolean running;

    public OtherNodes() {}

    @PostConstruct
    void start() {
        watchers.tellOthers(this::tell);
        try {
            var factory = InitialContext.<ConnectionFactory>doLookup(FACTORY);
            var topic = InitialContext.<Topic>doLookup(TOPIC);
            running = true;
            begin(() -> send(factory, topic), "mailroom-news-out");
            begin(() -> receive(factory, topic), "mailroom-news-in");
        } catch (NamingException e) {
            LOG.log(System.Logger.Level.INFO, "no topic {0}: this node works alone", TOPIC);
        }
    }

    private void begin(Runnable work, String name) {
        var thread = threadFactory.newThread(work);
        thread.setName(name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    @PreDestroy
    void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join(2000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the queue is full the news is dropped; see above. */
    private void tell(long mailbox) {
        if (running && news.hasPeers()) {
            waiting.offer(mailbox);
        }
    }

    private void send(ConnectionFactory factory, Topic topic) {
        again("sending", () -> {
            try (var context = factory.createContext()) {
                var producer = context.createProducer().setDeliveryMode(jakarta.jms.DeliveryMode.NON_PERSISTENT);
                while (running) {
                    var batch = batch();
                    if (!batch.isEmpty() || news.greetingIsDue()) {
                        producer.send(topic, news.write(batch));
                    }
                }
            }
        });
    }

    private List<Long> batch() throws InterruptedException {
        var batch = new ArrayList<Long>();
        var first = waiting.poll(1, TimeUnit.SECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, BATCH - 1);
        }
        return batch.stream().distinct().toList();
    }

    private void receive(ConnectionFactory factory, Topic topic) {
        again("receiving", () -> {
            try (var context = factory.createContext();
                    var consumer = context.createConsumer(topic)) {
                while (running) {
                    @Nullable String text = consumer.receiveBody(String.class, 1000);
                    if (text != null) {
                        news.read(text).forEach(mailbox -> watchers.changed(mailbox));
                    }
                }
            }
        });
    }

    private interface Errand {
        void run() throws InterruptedException;
    }

    /** A broker that went away comes back. */
    private void again(String what, Errand errand) {
        boolean said = false;
        while (running) {
            try {
                errand.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!said && running) {
                    LOG.log(System.Logger.Level.WARNING, what + " news of mailboxes fails, and is tried again", e);
                    said = true;
                }
                try {
                    TimeUnit.SECONDS.sleep(RETRY_SECONDS);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }
}
