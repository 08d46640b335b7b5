package org.mailroom.connector.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;
import org.mailroom.contract.wire.WireSettings.BareLineEnds;
import org.mailroom.contract.wire.WireSettings.Limits;
import org.mailroom.contract.wire.WireSettings.Listener;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;
import org.mailroom.contract.wire.WireSettings.Smtp;
import org.mailroom.contract.wire.WireSettings.Tls;

/** Settings for a server on free ports of loopback, with limits that a test can reach. */
public final class TestSettings {
    public static final Limits LIMITS = new Limits(
            1000,
            1000,
            5,
            1_000_000,
            8,
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            16);

    public static final Smtp SMTP =
            new Smtp(1000, 10, 100, 998, BareLineEnds.REFUSE, Duration.ofHours(1), Duration.ofDays(30));

    private final List<Listener> listeners = new ArrayList<>();
    private Tls tls = new Tls(Path.of("none.pem"), Path.of("none.pem"));
    private PlaintextLogin plaintext = PlaintextLogin.LOOPBACK;
    private WireSettings.Mechanisms mechanisms = new WireSettings.Mechanisms(List.of("PLAIN", "LOGIN"), null);
    private Limits limits = LIMITS;
    private Smtp smtp = SMTP;
    private List<String> exempt = List.of();
    private List<String> trusted = List.of();
    private List<String> proxies = List.of();

    public TestSettings listen(Protocol protocol, boolean implicitTls) {
        return listen(protocol, implicitTls, 0);
    }

    public TestSettings listen(Protocol protocol, boolean implicitTls, int port) {
        var name = protocol.name().toLowerCase(java.util.Locale.ROOT) + (implicitTls ? "s" : "");
        listeners.add(new Listener(name, protocol, "127.0.0.1", port, implicitTls));
        return this;
    }

    public TestSettings tls(Tls files) {
        tls = files;
        return this;
    }

    public TestSettings plaintext(PlaintextLogin policy) {
        plaintext = policy;
        return this;
    }

    public TestSettings limits(Limits other) {
        limits = other;
        return this;
    }

    public TestSettings exempt(String... networks) {
        exempt = List.of(networks);
        return this;
    }

    public TestSettings smtp(Smtp other) {
        smtp = other;
        return this;
    }

    public TestSettings trusted(String... networks) {
        trusted = List.of(networks);
        return this;
    }

    public TestSettings proxies(String... networks) {
        proxies = List.of(networks);
        return this;
    }

    public TestSettings mechanisms(String... names) {
        mechanisms = new WireSettings.Mechanisms(List.of(names), mechanisms.keytab());
        return this;
    }

    public TestSettings keytab(Path file) {
        mechanisms = new WireSettings.Mechanisms(mechanisms.names(), file);
        return this;
    }

    public WireSettings build() {
        return new WireSettings(
                "mx.example", listeners, tls, plaintext, mechanisms, limits, smtp, exempt, trusted, proxies, 1 << 20);
    }
}
