package org.mailroom.queue;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.resource.ConnectionFactoryDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.mailroom.authenticity.Signer;
import org.mailroom.config.Settings;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Routes;
import org.mailroom.dns.NameService;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.Trace;
import org.mailroom.transport.TransportSecurity;

/**
 * Sends what is due. It wakes when told, and every few seconds by itself, for the rows are the truth and not what was said
 * about them. Each turn of work runs on a virtual thread and holds neither a transaction nor a connection while it waits for
 * a remote host.
 */
@Singleton
@Startup
// Its work runs on other threads, which must not be the first to ask for these.
@DependsOn({"Migrations", "NameService", "TransportSecurity", "DeliveryTerms", "DmarcCounts", "OtherNodes"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@ManagedExecutorDefinition(name = "java:app/mailroom/delivery", virtual = true)
@ConnectionFactoryDefinition(
        name = "java:app/relay",
        interfaceName = "org.mailroom.contract.relay.RelayConnectionFactory",
        resourceAdapter = "#connector",
        minPoolSize = 0,
        maxPoolSize = QueueSettings.MOST,
        properties = {
            // As shipped the pool opens two connections where one is wanted.
            "org.glassfish.connector-connection-pool.pool-resize-quantity=1",
            "org.glassfish.connector-connection-pool.max-wait-time-in-millis=10000",
            "org.glassfish.connector-connection-pool.idle-timeout-in-seconds=30"
        })
public class DeliveryAgent {
    private static final System.Logger LOG = System.getLogger(DeliveryAgent.class.getName());

    /** How long the end of the server waits for what is being sent. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Resource(lookup = "java:app/mailroom/delivery")
    private ManagedExecutorService executor;

    @Resource(lookup = "java:app/relay")
    private RelayConnectionFactory relays;

    @Inject
    private Directory directory;

    @Inject
    private Signer signer;

    @Inject
    private Messages messages;

    @Inject
    private Settlement settlement;

    @Inject
    private DeliveryTerms terms;

    @Inject
    private Trace trace;

    @Inject
    private Routes routes;

    @Inject
    private Flush flush;

    @EJB
    private NameService names;

    @EJB
    private TransportSecurity transport;

    private final Alarms alarms = new Alarms();
    private Claims claims;
    private Routing routing;
    private Shift shift;
    private Dispatch dispatch;

    @PostConstruct
    void start() {
        var settings = QueueSettings.of(Settings.current());
        claims = new Claims(database, settings.node(), settings.lease());
        routing = Routing.of(
                settings,
                names.dns(),
                transport.protections(),
                directory::route,
                domain -> terms.of(domain).tls());
        var connecting = new Connecting(relays, settings.timeouts(), transport.authorities(), transport.results());
        var delivery = new Delivery(routing, connecting, signer::sign);
        shift = new Shift(settings, claims, delivery, messages, directory, settlement, terms, alarms);
        dispatch = new Dispatch(
                executor, settings.concurrency(), domain -> terms.of(domain).concurrency(), shift::turn);
        sealPasswords();
        try {
            var found = claims.takeOver();
            if (found.recipients() > 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "queue node=" + settings.node() + " taken-over=" + found.recipients());
            }
            tell(found);
        } catch (SQLException e) {
            throw new IllegalStateException("the queue cannot be read", e);
        }
    }

    /** Mail leaves without it too. */
    private void sealPasswords() {
        try {
            int sealed = routes.sealAll();
            if (sealed > 0) {
                LOG.log(System.Logger.Level.INFO, "routes passwords=" + sealed + " status=sealed");
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "routes passwords=plain status=not-sealed cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
        }
    }

    private void tell(Claims.Freed freed) {
        for (var step : freed.setAside()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "q=" + step.queueId() + " to=" + OneLine.address(step.recipient()) + " status=set-aside cause="
                            + step.detail());
            trace.later(step);
        }
    }

    /** A message was queued, or must not wait any longer. */
    public void wake(long queued, boolean now) {
        try {
            for (var domain : claims.domains(queued)) {
                dispatch.wake(domain, now);
            }
        } catch (SQLException e) {
            // The round finds it.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "queue wakeup=" + queued + " status=failed cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
        }
    }

    /**
     * Holds on to what is being sent, frees what dead nodes held, and starts what is due. Throws nothing: the container forgets a
     * timer that failed twice.
     */
    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    public void round() {
        try {
            claims.renew(shift.inHand());
            var freed = claims.freeOverdue();
            if (freed.recipients() > 0) {
                LOG.log(System.Logger.Level.WARNING, "queue leases=" + freed.recipients() + " status=overdue");
            }
            tell(freed);
            claims.unpark();
            flush.onTime();
            claims.dueDomains().forEach(domain -> dispatch.wake(domain, false));
            dispatch.forgetIdle(Instant.now());
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "queue round=failed cause=" + OneLine.of(e.toString(), 300));
        }
    }

    /** Starts what was put off until now and is too early for the round; asks no database. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void tick() {
        alarms.ring(Instant.now()).forEach(domain -> dispatch.wake(domain, false));
    }

    /** Where mail for a domain would go right now; asks DNS, and waits for it. */
    public Outlook outlook(String domain, String sender) {
        return routing.outlook(domain, sender);
    }

    /** Begins to send nothing more, or goes on; other nodes send on meanwhile. */
    public void rest(boolean now) {
        dispatch.rest(now);
    }

    /** How many turns of work run on this node. */
    public int active() {
        return dispatch.active();
    }

    @PreDestroy
    void stop() {
        dispatch.stop();
        shift.end();
        var end = Instant.now().plus(PATIENCE);
        while (dispatch.active() > 0 && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
