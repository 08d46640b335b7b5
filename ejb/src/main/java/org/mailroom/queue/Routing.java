package org.mailroom.queue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.mailroom.contract.relay.Credentials;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.RoutePlan;
import org.mailroom.directory.RouteTarget;
import org.mailroom.directory.RouteTls;
import org.mailroom.dns.Dns;
import org.mailroom.transport.Demand;
import org.mailroom.transport.Protection;
import org.mailroom.transport.Protections;

/** Where mail for a domain goes: along its route where one is set, otherwise to its mail exchangers. */
final class Routing {
    private static final int SMTP = 25;

    private final Routes routes;
    private final MailExchangers exchangers;
    private final Function<String, Optional<RouteTls>> demands;
    private final String hostname;

    /** What the directory has for a domain and a sender. */
    @FunctionalInterface
    interface Routes {
        Optional<RoutePlan> find(String domain, String sender);
    }

    /** @param demands how much TLS the operator wants for a domain, if that was said */
    Routing(Routes routes, MailExchangers exchangers, Function<String, Optional<RouteTls>> demands, String hostname) {
        this.routes = routes;
        this.exchangers = exchangers;
        this.demands = demands;
        this.hostname = hostname;
    }

    /** Without rules for domains. */
    Routing(Routes routes, MailExchangers exchangers, String hostname) {
        this(routes, exchangers, domain -> Optional.empty(), hostname);
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
        return new Routing(routes, exchangers, demands, settings.hostname());
    }

    /** Along the hosts that an operator chose for these very recipients, or a route, or to the mail exchangers. */
    Way way(Batch batch) {
        return way(batch.domain(), plan(batch.domain(), batch.reversePath(), batch.route()));
    }

    /** The same for people who ask. */
    Outlook outlook(String domain, String sender) {
        var plan = plan(domain, sender, "");
        return Outlook.of(plan.isPresent() ? "route" : "mx", way(domain, plan));
    }

    private Optional<RoutePlan> plan(String domain, String sender, String route) {
        var plan = route.isEmpty() ? routes.find(domain, sender) : chosen(route);
        return plan.filter(known -> !known.targets().isEmpty());
    }

    private Way way(String domain, Optional<RoutePlan> plan) {
        return plan.map(this::along).orElseGet(() -> exchangers.find(domain, demand(domain)));
    }

    private Optional<Demand> demand(String domain) {
        return demands.apply(domain).map(said -> switch (said) {
            case NONE -> Demand.NONE;
            case MAY -> Demand.MAY;
            case REQUIRE -> Demand.ENCRYPT;
            case VERIFY -> Demand.VERIFY;
            case DANE -> Demand.DANE;
        });
    }

    private static Optional<RoutePlan> chosen(String route) {
        try {
            return Optional.of(RoutePlan.to(RouteTarget.parseAll(route)));
        } catch (BadAddress e) {
            throw new IllegalStateException("the route " + route + " makes no sense", e);
        }
    }

    /** An operator's word, so the machine's own idea of dns counts. */
    private Way along(RoutePlan plan) {
        var hops = new ArrayList<Hop>();
        for (var target : plan.targets()) {
            try {
                for (var address : InetAddress.getAllByName(target.host())) {
                    var hop = target(plan, target, address);
                    hops.add(new Hop(hop, Protection.of(hop.tls(), true)));
                }
            } catch (UnknownHostException e) {
                // The next one may be there.
            }
        }
        return hops.isEmpty()
                ? Way.deferred("4.4.3", "No host of the route " + plan + " was found")
                : new Way.Hosts(hops);
    }

    private RelayTarget target(RoutePlan plan, RouteTarget target, InetAddress address) {
        var login = plan.login().isEmpty() ? null : new Credentials(plan.login(), plan.password());
        var wanted = tls(plan.tls());
        // A password needs TLS, and so does a port that speaks nothing else.
        var demand = login != null && !wanted.isRequired() ? TlsDemand.ENCRYPTED : wanted;
        return new RelayTarget(
                target.host(),
                address.getHostAddress(),
                target.port(),
                hostname,
                target.scheme() == RouteTarget.Scheme.LMTP ? RelayTarget.Protocol.LMTP : RelayTarget.Protocol.SMTP,
                target.scheme() == RouteTarget.Scheme.SMTPS ? demand.fromTheStart() : demand,
                login);
    }

    private static TlsDemand tls(RouteTls demand) {
        return switch (demand) {
            case NONE -> TlsDemand.NEVER;
            case MAY -> TlsDemand.OPPORTUNISTIC;
            case REQUIRE -> TlsDemand.ENCRYPTED;
            // A host that an operator names is not looked up in signed DNS.
            case VERIFY, DANE -> TlsDemand.VERIFIED;
        };
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
