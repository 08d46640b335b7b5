package org.mailroom.queue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.function.Function;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.RoutePlan;
import org.mailroom.directory.RouteTarget;
import org.mailroom.directory.RouteTls;
import org.mailroom.dns.Dns;
import org.mailroom.transport.Demand;
import org.mailroom.transport.Protections;

/** Where mail for a domain goes: along its route where one is set, otherwise to its mail exchangers. */
final class Routing {
    private static final int SMTP = 25;

    private final Routes routes;
    private final MailExchangers exchangers;
    private final RouteHosts hosts;
    private final Function<String, Optional<RouteTls>> demands;

    /** What the directory has for a domain and a sender. */
    @FunctionalInterface
    interface Routes {
        Optional<RoutePlan> find(String domain, String sender);
    }

    /** @param demands how much TLS the operator wants for a domain, if that was said */
    Routing(Routes routes, MailExchangers exchangers, RouteHosts hosts, Function<String, Optional<RouteTls>> demands) {
        this.routes = routes;
        this.exchangers = exchangers;
        this.hosts = hosts;
        this.demands = demands;
    }

    static Routing of(
            QueueSettings settings,
            Dns dns,
            Protections protections,
            Routes routes,
            Function<String, Optional<RouteTls>> demands) {
        var exchangers = new MailExchangers(
                dns,
                settings.hostname(),
                settings.port(),
                // What listens on this machine at the port of mail is taken to be ourselves, forwarded or not.
                address -> (settings.port() == SMTP || settings.port() == settings.ownPort()) && isLocal(address),
                hasSix(),
                protections);
        var hosts = new RouteHosts(dns, protections, settings.hostname(), hasSix());
        return new Routing(routes, exchangers, hosts, demands);
    }

    /** Along the hosts that an operator chose for these very recipients, or a route, or to the mail exchangers. */
    Way way(Question asked) {
        return way(asked.domain, plan(asked.domain, asked.sender, asked.route), asked.tlsOptional);
    }

    /** All of a message that its way depends on. */
    record Question(String domain, String sender, String route, boolean tlsOptional) {
        static Question of(Batch batch) {
            return new Question(
                    batch.domain(),
                    batch.reversePath(),
                    batch.route(),
                    batch.parameters().containsKey(Wishes.TLS_OPTIONAL));
        }
    }

    /** The same for people who ask. */
    Outlook outlook(String domain, String sender) {
        var plan = plan(domain, sender, "");
        return Outlook.of(plan.isPresent() ? "route" : "mx", way(domain, plan, false));
    }

    private Optional<RoutePlan> plan(String domain, String sender, String route) {
        var plan = route.isEmpty() ? routes.find(domain, sender) : chosen(route);
        return plan.filter(known -> !known.targets().isEmpty());
    }

    private Way way(String domain, Optional<RoutePlan> plan, boolean tlsOptional) {
        return plan.map(hosts::find).orElseGet(() -> exchangers.find(domain, demand(domain, tlsOptional)));
    }

    /** RFC 8689 §4.2.2: what the domain publishes is passed over for the sender, what the operator wants is not. */
    private Optional<Demand> demand(String domain, boolean tlsOptional) {
        var demand = demand(domain);
        return tlsOptional && demand.orElse(Demand.MAY) == Demand.MAY ? Optional.of(Demand.TRY) : demand;
    }

    private Optional<Demand> demand(String domain) {
        return demands.apply(domain).map(Routing::demand);
    }

    static Demand demand(RouteTls said) {
        return switch (said) {
            case NONE -> Demand.NONE;
            case MAY -> Demand.MAY;
            case REQUIRE -> Demand.ENCRYPT;
            case VERIFY -> Demand.VERIFY;
            case DANE -> Demand.DANE;
        };
    }

    private static Optional<RoutePlan> chosen(String route) {
        try {
            return Optional.of(RoutePlan.to(RouteTarget.parseAll(route)));
        } catch (BadAddress e) {
            throw new IllegalStateException("the route " + route + " makes no sense", e);
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
