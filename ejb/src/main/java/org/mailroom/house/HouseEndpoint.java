package org.mailroom.house;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.config.Settings;
import org.mailroom.contract.wire.House;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;
import org.mailroom.schema.Migrations;

/** The resource adapter's first and last call. Its first waits until the schema is current, and so do the sockets. */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HouseEndpoint implements House {
    @Inject
    private Migrations migrations;

    @Inject
    private OpenWire openWire;

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public WireSettings open(Wire wire) {
        migrations.ready();
        var settings = WireConfiguration.of(Settings.current());
        FirstCertificate.make(settings.tls(), settings.hostname());
        openWire.opening(wire);
        return settings;
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void listening(String problem) {
        openWire.listening(problem);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void close() {
        openWire.closed();
    }
}
