package org.mailroom.house;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;

/** What a monitoring system reads: who is connected. Read when it asks, so it costs nothing between. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Gauges {
    private static final String SESSIONS = "mailroom_sessions";
    private static final String LISTENERS = "mailroom_listeners";

    @Inject
    private MetricRegistry registry;

    @Inject
    private OpenWire wire;

    @PostConstruct
    void register() {
        for (var protocol : Protocol.values()) {
            gauge(
                    SESSIONS,
                    "Clients that are connected",
                    () -> sessions(protocol),
                    new Tag("protocol", label(protocol)));
        }
        gauge(LISTENERS, "Listeners that are open", () -> wire.listeners().size());
    }

    /** The registry is the server's; what it held after an undeploy would keep these classes alive. */
    @PreDestroy
    void remove() {
        registry.remove(SESSIONS);
        registry.remove(LISTENERS);
    }

    private void gauge(String name, String description, Supplier<Number> value, Tag... tags) {
        var metadata =
                Metadata.builder().withName(name).withDescription(description).build();
        registry.gauge(metadata, value, tags);
    }

    private long sessions(Protocol protocol) {
        return wire.listeners().stream()
                .filter(listener -> listener.protocol() == protocol)
                .mapToLong(Wire.Listening::sessions)
                .sum();
    }

    private static String label(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }
}
