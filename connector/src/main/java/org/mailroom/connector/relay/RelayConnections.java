package org.mailroom.connector.relay;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.IOException;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;

/** The factory that the house looks up; the container's pool stands behind it. */
final class RelayConnections implements RelayConnectionFactory, Referenceable {
    private static final long serialVersionUID = 1L;

    private final RelayManagedConnectionFactory factory;
    private final ConnectionManager manager;
    private @Nullable Reference reference;

    RelayConnections(RelayManagedConnectionFactory factory, ConnectionManager manager) {
        this.factory = factory;
        this.manager = manager;
    }

    @Override
    public Relay connect(RelayTarget target, RelayTimeouts timeouts, Authorities authorities) throws IOException {
        var handle = allocate(new RelayRequest(target, timeouts, authorities));
        boolean open = false;
        try {
            handle.open();
            open = true;
            return handle;
        } catch (RelayException refused) {
            throw refused;
        } finally {
            if (!open) {
                handle.close();
            }
        }
    }

    private RelayHandle allocate(RelayRequest request) throws IOException {
        try {
            return (RelayHandle) manager.allocateConnection(factory, request);
        } catch (ResourceException e) {
            throw new IOException("no connection from the pool: " + e.getMessage(), e);
        }
    }

    @Override
    public void setReference(Reference newReference) {
        reference = newReference;
    }

    @Override
    public @Nullable Reference getReference() {
        return reference;
    }
}
