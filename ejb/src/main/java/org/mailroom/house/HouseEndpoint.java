package org.mailroom.house;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.config.Settings;
import org.mailroom.contract.wire.House;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;

/** The resource adapter's first and last call. Its first waits until the house has started, and so do the sockets. */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HouseEndpoint implements House {
    @Inject
    private OpenWire openWire;

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public WireSettings open(Wire wire) {
        openWire.opening(wire);
        var settings = WireConfiguration.of(Settings.current());
        openWire.declare(settings.listeners());
        FirstCertificate.make(settings.tls(), settings.hostname());
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
