package org.mailroom.connector.relay;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionDefinition;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;

/** Makes connections for the container's pool, and tells it which of the idle ones goes to the wanted target. */
@ConnectionDefinition(
        connectionFactory = RelayConnectionFactory.class,
        connectionFactoryImpl = RelayConnections.class,
        connection = Relay.class,
        connectionImpl = RelayHandle.class)
public class RelayManagedConnectionFactory implements ManagedConnectionFactory, ResourceAdapterAssociation {
    private static final long serialVersionUID = 1L;

    private @Nullable ResourceAdapter resourceAdapter;
    private transient @Nullable RelayTls tls;
    private transient @Nullable PrintWriter log;

    /** For the container. */
    public RelayManagedConnectionFactory() {}

    /** With certificates of its own to trust. */
    RelayManagedConnectionFactory(RelayTls tls) {
        this.tls = tls;
    }

    @Override
    public Object createConnectionFactory(ConnectionManager manager) {
        return new RelayConnections(this, manager);
    }

    @Override
    public Object createConnectionFactory() {
        return createConnectionFactory(new UnpooledConnections());
    }

    @Override
    public ManagedConnection createManagedConnection(@Nullable Subject subject, ConnectionRequestInfo request)
            throws ResourceException {
        if (!(request instanceof RelayRequest wanted)) {
            throw new IllegalStateException("a connection needs a target");
        }
        return new RelayManagedConnection(
                new SmtpOpening(wanted.target(), wanted.timeouts(), tls(wanted.authorities())));
    }

    /** Made once: reading certificates takes a while. */
    private synchronized RelayTls tls(Authorities authorities) {
        var made = tls;
        if (made == null) {
            made = RelayTls.of(authorities);
            tls = made;
        }
        return made;
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public @Nullable ManagedConnection matchManagedConnections(
            Set candidates, @Nullable Subject subject, ConnectionRequestInfo request) {
        for (Object candidate : candidates) {
            if (candidate instanceof RelayManagedConnection connection
                    && request instanceof RelayRequest wanted
                    && connection.target().equals(wanted.target())) {
                return connection;
            }
        }
        return null;
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (resourceAdapter != null && !resourceAdapter.equals(adapter)) {
            throw new IllegalStateException("belongs to a resource adapter already");
        }
        resourceAdapter = adapter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        log = writer;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return log;
    }

    /** Two with the same settings make the same connections (JCA asks for this). */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RelayManagedConnectionFactory factory
                && Objects.equals(resourceAdapter, factory.resourceAdapter);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(resourceAdapter);
    }
}
