package org.mailroom.connector.ra;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.HouseUnavailableException;
import org.mailroom.connector.net.NetServer;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.House;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;

/**
 * The wire from the first question to the house until the last socket is closed. It starts on a thread of its own: endpoints
 * answer only when the deployment, which activates them, is through.
 */
final class WireRun implements Wire {
    private static final System.Logger LOG = System.getLogger(WireRun.class.getName());

    /** How long commands under way may take when the wire stops. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Commands wait this long for the house before they are put off. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final Map<Class<?>, MessageEndpointFactory> endpoints;
    private final House house;
    private final Thread starter;
    private volatile @Nullable NetServer server;
    private volatile boolean stopped;
    private volatile boolean draining;

    WireRun(Map<Class<?>, MessageEndpointFactory> endpoints) {
        this.endpoints = endpoints;
        this.house = endpoint(House.class, 1);
        // Nothing of the deploying thread (its transaction, its invocation stack) must reach the threads that follow.
        this.starter = Thread.ofPlatform()
                .name("mailroom-start")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::open);
        starter.setContextClassLoader(WireRun.class.getClassLoader());
    }

    void start() {
        starter.start();
    }

    private void open() {
        try {
            var settings = askHouse();
            if (stopped) {
                // The house took longer to answer than stop() waited.
                return;
            }
            var services = services(settings);
            var opened = NetServer.open(settings, Protocols.of(services));
            server = opened;
            opened.drain(draining);
            if (!stopped) {
                house.listening(opened.problem());
            }
        } catch (InterruptedException halted) {
            LOG.log(Level.INFO, "status=halted before the sockets were open");
        } catch (RuntimeException problem) {
            LOG.log(Level.ERROR, "status=failed the sockets stay closed", problem);
        }
    }

    /** Asks until the house is ready. What keeps it from that is logged once, and not if it passes at once. */
    private WireSettings askHouse() throws InterruptedException {
        var wait = FIRST_RETRY;
        var seen = "";
        var told = "";
        while (true) {
            try {
                return house.open(this);
            } catch (HouseUnavailableException early) {
                LOG.log(Level.DEBUG, "status=waiting for the house");
            } catch (RuntimeException problem) {
                var text = rootMessage(problem);
                if (text.equals(seen) && !text.equals(told)) {
                    LOG.log(Level.ERROR, "status=waiting problem={0}", text);
                    told = text;
                }
                seen = text;
            }
            Thread.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait.multipliedBy(2);
        }
    }

    /** The container wraps what an endpoint throws. */
    private static String rootMessage(Throwable problem) {
        var root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private Services services(WireSettings settings) {
        int calls = settings.limits().calls();
        return new Services(
                endpoint(MailReceiver.class, calls),
                endpoint(Logins.class, calls),
                endpoint(MailStore.class, calls),
                endpoint(Maildrops.class, calls),
                settings);
    }

    private <T> T endpoint(Class<T> contract, int calls) {
        return EndpointCall.of(contract, Objects.requireNonNull(endpoints.get(contract)), calls, LONGEST_WAIT);
    }

    /** Lets go of every thread, too. The house asks for it before it stops, and the container when it takes the endpoints away. */
    @Override
    public void close() {
        stopped = true;
        starter.interrupt();
        try {
            starter.join(GRACE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        var opened = server;
        server = null;
        if (opened != null) {
            opened.stop(GRACE);
            NetServer.awaitHelper();
            tellHouse();
        }
    }

    private void tellHouse() {
        try {
            house.close();
        } catch (RuntimeException gone) {
            // It may be stopping itself, and then has no need to know.
            LOG.log(Level.DEBUG, "the house is gone already");
        }
    }

    @Override
    public List<Listening> listeners() {
        var opened = server;
        return opened == null ? List.of() : opened.listeners();
    }

    @Override
    public List<Wire.Session> sessions() {
        var opened = server;
        return opened == null ? List.of() : opened.sessions();
    }

    @Override
    public List<Wire.Said> transcript(String session, long after) {
        var opened = server;
        return opened == null ? List.of() : opened.transcript(session, after);
    }

    @Override
    public List<Wire.Past> past(int most) {
        var opened = server;
        return opened == null ? List.of() : opened.past(most);
    }

    @Override
    public void drain(boolean now) {
        draining = now;
        var opened = server;
        if (opened != null) {
            opened.drain(now);
        }
    }

    @Override
    public void readCertificate() {
        var opened = server;
        if (opened != null) {
            opened.readCertificate();
        }
    }

    @Override
    public boolean end(String session) {
        var opened = server;
        return opened != null && opened.end(session);
    }
}
