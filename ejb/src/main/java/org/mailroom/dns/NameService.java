package org.mailroom.dns;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.mailroom.config.Settings;

/** The one resolver that everybody asks, so that its cache serves all. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NameService {
    private Dns dns;

    @PostConstruct
    void start() {
        var settings = DnsSettings.of(Settings.current());
        try (var anchors = NameService.class.getResourceAsStream("/dns/root-anchors.txt")) {
            dns = new Dns(settings.servers(), settings.timeout(), settings.dnssec(), Objects.requireNonNull(anchors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Dns dns() {
        return dns;
    }

    @PreDestroy
    void stop() {
        dns.close();
    }
}
