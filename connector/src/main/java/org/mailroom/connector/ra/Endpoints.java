package org.mailroom.connector.ra;

import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.House;

/** The message-driven beans that are there, by the interface that each implements. */
final class Endpoints {
    private static final List<Class<?>> CONTRACT =
            List.of(House.class, MailReceiver.class, Logins.class, MailStore.class, Maildrops.class);

    private final Map<Class<?>, MessageEndpointFactory> factories = new HashMap<>();

    void add(MessageEndpointFactory factory) throws NotSupportedException {
        var bean = factory.getEndpointClass();
        var contract = CONTRACT.stream()
                .filter(c -> c.isAssignableFrom(bean))
                .findFirst()
                .orElseThrow(() -> new NotSupportedException(bean.getName() + " implements none of " + CONTRACT));
        factories.put(contract, factory);
    }

    void remove(MessageEndpointFactory factory) {
        factories.values().remove(factory);
    }

    boolean isComplete() {
        return factories.keySet().containsAll(CONTRACT);
    }

    /** As they are now; only where {@link #isComplete}. */
    Map<Class<?>, MessageEndpointFactory> snapshot() {
        return Map.copyOf(factories);
    }
}
