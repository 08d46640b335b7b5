package org.mailroom.house;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;

/** The wire as it handed itself in, and what became of its listeners. It is let in when all of the house has started. */
@ApplicationScoped
public class OpenWire {
    private static final String CLOSED = "the listeners are not open yet";

    private volatile @Nullable Wire wire;
    private volatile String problem = CLOSED;
    private volatile List<WireSettings.Listener> declared = List.of();

    private volatile boolean draining;

    private final CountDownLatch started = new CountDownLatch(1);

    /** All of the house has started. */
    void letIn() {
        started.countDown();
    }

    /** Waits for that, on the wire's own thread. */
    void opening(Wire newWire) {
        try {
            started.await();
        } catch (InterruptedException halted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the house did not start", halted);
        }
        newWire.drain(draining);
        wire = newWire;
    }

    /** What it is to open. */
    void declare(List<WireSettings.Listener> listeners) {
        declared = listeners;
    }

    /** Whether new clients are turned away. */
    public boolean isDraining() {
        return draining;
    }

    /** Turns new clients away, or no longer. */
    void drain(boolean now) {
        draining = now;
        var current = wire;
        if (current != null) {
            current.drain(now);
        }
    }

    /** Sends all clients away, before what serves them stops. */
    void sendAway() {
        var current = wire;
        if (current != null) {
            current.close();
        }
    }

    void listening(String newProblem) {
        problem = newProblem;
    }

    void closed() {
        wire = null;
        problem = CLOSED;
    }

    /** Why clients cannot connect; empty where they can. */
    public String problem() {
        return problem;
    }

    /** The listeners that the settings want, open or not. */
    public List<WireSettings.Listener> declared() {
        return declared;
    }

    public List<Wire.Listening> listeners() {
        var current = wire;
        return current == null ? List.of() : current.listeners();
    }

    public List<Wire.Session> sessions() {
        var current = wire;
        return current == null ? List.of() : current.sessions();
    }

    /** Ends a session politely; false where there is none of this id. */
    public boolean end(String session) {
        var current = wire;
        return current != null && current.end(session);
    }

    /** From now on new clients are shown what the files of certificate and key hold. */
    void readCertificate() {
        var current = wire;
        if (current != null) {
            current.readCertificate();
        }
    }

    /** What was said lately in a session. */
    public List<Wire.Said> transcript(String session, long after) {
        var current = wire;
        return current == null ? List.of() : current.transcript(session, after);
    }

    /** Sessions of which something is kept. */
    public List<Wire.Past> past(int most) {
        var current = wire;
        return current == null ? List.of() : current.past(most);
    }
}
