package org.mailroom.house;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.wire.Wire;

/** The wire as it handed itself in, and what became of its listeners. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OpenWire {
    private static final String CLOSED = "the listeners are not open yet";

    private volatile @Nullable Wire wire;
    private volatile String problem = CLOSED;

    public void opening(Wire newWire) {
        wire = newWire;
    }

    public void listening(String newProblem) {
        problem = newProblem;
    }

    public void closed() {
        wire = null;
        problem = CLOSED;
    }

    /** Why clients cannot connect; empty where they can. */
    public String problem() {
        return problem;
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
}
