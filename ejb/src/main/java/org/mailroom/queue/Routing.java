package org.mailroom.queue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.dns.Dns;

/** Where mail for a domain goes: along its route where one is set, otherwise to its mail exchangers. */
final class Routing {
    private static final int SMTP = 25;

    private final Function<String, Optional<String>> routes;
    private final MailExchangers exchangers;
    private final String hostname;

    /** @param routes what the directory has for a domain */
    Routing(Function<String, Optional<String>> routes, MailExchangers exchangers, String hostname) {
        this.routes = routes;
        this.exchangers = exchangers;
        this.hostname = hostname;
    }

    static Routing of(QueueSettings settings, Dns dns, Function<String, Optional<String>> routes) {
        var exchangers = new MailExchangers(
                dns,
                settings.hostname(),
                settings.port(),
                // What listens on this machine at the port of mail is taken to be ourselves, forwarded or not.
                address -> (settings.port() == SMTP || settings.port() == settings.ownPort()) && isLocal(address),
                hasSix());
        return new Routing(routes, exchangers, settings.hostname());
    }

    Way way(String domain) {
        return routes.apply(domain).map(this::along).orElseGet(() -> exchangers.find(domain));
    }

    /** Along {@code smtp://host:port}; an operator's word, so the machine's own idea of dns counts. */
    private Way along(String route) {
        try {
            var uri = URI.create(route);
            var host = uri.getHost();
            if (host == null) {
                return Way.deferred("4.3.5", "The route " + route + " makes no sense");
            }
            var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            int port = uri.getPort() < 0 ? SMTP : uri.getPort();
            var targets = new ArrayList<RelayTarget>();
            for (var address : InetAddress.getAllByName(name)) {
                targets.add(
                        new RelayTarget(name, address.getHostAddress(), port, hostname, RelayTarget.Tls.OPPORTUNISTIC));
            }
            return new Way.Hosts(targets);
        } catch (UnknownHostException e) {
            return Way.deferred("4.4.3", "The host of the route " + route + " was not found");
        } catch (IllegalArgumentException e) {
            return Way.deferred("4.3.5", "The route " + route + " makes no sense");
        }
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Whether any interface has an address that is more than local. */
    private static boolean hasSix() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address instanceof java.net.Inet6Address
                            && !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress());
        } catch (SocketException e) {
            return false;
        }
    }
}
