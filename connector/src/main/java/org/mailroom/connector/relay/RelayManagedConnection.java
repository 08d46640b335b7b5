package org.mailroom.connector.relay;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;

/**
 * A place in the pool, with a session to its target or none yet. It connects when the caller asks, not when the pool makes it:
 * so the caller learns what the remote said in full, and the pool neither logs an unreachable host as its own failure nor waits
 * for one.
 */
final class RelayManagedConnection implements ManagedConnection {
    /** What a message is put into another form for. */
    private static final List<String> FORMS = List.of("8BITMIME", "SMTPUTF8");

    private final SmtpOpening opening;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable SmtpSession session;
    private @Nullable RelayHandle handle;
    private @Nullable PrintWriter log;

    RelayManagedConnection(SmtpOpening opening) {
        this.opening = opening;
    }

    RelayTarget target() {
        return opening.target();
    }

    /** Connects unless there is a session; one from the pool may be stale, which shows at the next message. */
    SmtpSession open() throws RelayException {
        var current = session;
        if (current == null || current.isBroken()) {
            current = opening.open();
            session = current;
        }
        return current;
    }

    /** What the remote offered when it greeted us last. */
    Extensions extensions() {
        return session == null ? Extensions.NONE : session.extensions();
    }

    DeliveryReport send(Envelope envelope, MessageSource content) {
        try {
            var current = open();
            boolean pooled = current.isUsed();
            var transaction = new MailTransaction(current, envelope, content);
            var report = transaction.run();
            if (pooled && transaction.isUntouched()) {
                // The remote closed while the connection lay in the pool; that says nothing of this message.
                return again(current.extensions(), envelope, content);
            }
            return report;
        } catch (RelayException e) {
            return MailTransaction.everywhere(envelope, e.outcome());
        }
    }

    /** Over a new session, where it takes what the message was made for. */
    private DeliveryReport again(Extensions before, Envelope envelope, MessageSource content) throws RelayException {
        var fresh = open();
        for (var form : FORMS) {
            if (before.has(form) != fresh.offers(form)) {
                return MailTransaction.everywhere(
                        envelope,
                        new Outcome(Outcome.Kind.DEFERRED, 0, "4.3.3", "The host no longer offers what it did before"));
            }
        }
        return new MailTransaction(fresh, envelope, content).run();
    }

    void release(RelayHandle released) {
        if (released != handle) {
            return;
        }
        handle = null;
        boolean usable = session != null && !session.isBroken();
        var kind = usable ? ConnectionEvent.CONNECTION_CLOSED : ConnectionEvent.CONNECTION_ERROR_OCCURRED;
        var event = new ConnectionEvent(this, kind);
        event.setConnectionHandle(released);
        for (var listener : listeners) {
            if (usable) {
                listener.connectionClosed(event);
            } else {
                listener.connectionErrorOccurred(event);
            }
        }
    }

    @Override
    public Object getConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo request) {
        cleanup();
        var fresh = new RelayHandle(this);
        handle = fresh;
        return fresh;
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof RelayHandle other)) {
            throw new IllegalStateException("not a connection of this adapter");
        }
        cleanup();
        other.associate(this);
        handle = other;
    }

    /** The caller's handle is worth nothing from now on; the session stays for the next caller. */
    @Override
    public void cleanup() {
        if (handle != null) {
            handle.associate(null);
            handle = null;
        }
    }

    @Override
    public void destroy() {
        cleanup();
        if (session != null) {
            session.quit();
            session = null;
        }
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        throw new NotSupportedException("SMTP knows no transactions");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException("SMTP knows no transactions");
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new RelayMetaData();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        log = writer;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return log;
    }
}
