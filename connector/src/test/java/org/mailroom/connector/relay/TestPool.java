package org.mailroom.connector.relay;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.util.LinkedHashSet;
import java.util.Set;

/** As much of a container's pool as shows how connections are matched, given back and thrown away. */
final class TestPool implements ConnectionManager, ConnectionEventListener {
    private static final long serialVersionUID = 1L;

    final transient Set<ManagedConnection> idle = new LinkedHashSet<>();
    int made;
    int broken;

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo request)
            throws ResourceException {
        var connection = factory.matchManagedConnections(idle, null, request);
        if (connection == null) {
            connection = factory.createManagedConnection(null, request);
            connection.addConnectionEventListener(this);
            made++;
        }
        idle.remove(connection);
        return connection.getConnection(null, request);
    }

    void clear() throws ResourceException {
        for (var connection : idle) {
            connection.destroy();
        }
        idle.clear();
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        var connection = (ManagedConnection) event.getSource();
        try {
            connection.cleanup();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
        idle.add(connection);
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        broken++;
        try {
            ((ManagedConnection) event.getSource()).destroy();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {}

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {}

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {}
}
