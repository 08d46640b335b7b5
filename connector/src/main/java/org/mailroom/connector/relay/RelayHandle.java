package org.mailroom.connector.relay;

import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayException;

/** What the caller holds of a pooled connection, until he closes it or the container takes it away. */
final class RelayHandle implements Relay {
    private volatile @Nullable RelayManagedConnection connection;

    RelayHandle(RelayManagedConnection connection) {
        this.connection = connection;
    }

    void open() throws RelayException {
        held().open();
    }

    @Override
    public Extensions extensions() {
        return held().extensions();
    }

    @Override
    public DeliveryReport send(Envelope envelope, MessageSource content) {
        return held().send(envelope, content);
    }

    @Override
    public void close() {
        var held = connection;
        connection = null;
        if (held != null) {
            held.release(this);
        }
    }

    void associate(@Nullable RelayManagedConnection other) {
        connection = other;
    }

    private RelayManagedConnection held() {
        var held = connection;
        if (held == null) {
            throw new IllegalStateException("this connection is closed");
        }
        return held;
    }
}
