package org.mailroom.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.contract.relay.Credentials;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.directory.RoutePlan;
import org.mailroom.directory.RouteTarget;
import org.mailroom.dns.Dns;
import org.mailroom.transport.Decision;
import org.mailroom.transport.Protections;

/** Finds the hosts of a route. That an operator named them vouches for them; how they prove who they are, DNS may say. */
final class RouteHosts {
    private final Dns dns;
    private final Protections protections;
    private final String hostname;
    private final boolean six;

    /**
     * @param hostname our own
     * @param six whether this machine reaches IPv6
     */
    RouteHosts(Dns dns, Protections protections, String hostname, boolean six) {
        this.dns = dns;
        this.protections = protections;
        this.hostname = hostname;
        this.six = six;
    }

    Way find(RoutePlan plan) {
        if (!plan.login().isEmpty() && plan.password().isEmpty()) {
            return Way.deferred("4.3.5", "The password of the route " + plan + " cannot be read");
        }
        var hops = new ArrayList<Hop>();
        var lacking = Way.deferred("4.4.3", "No host of the route " + plan + " was found");
        for (var target : plan.targets()) {
            var host = target.host();
            var known = resolve(host);
            var security = protections.ofHost(host, Routing.demand(plan.tls()));
            switch (security.host(host, target.port(), known.signed(), known.target())) {
                case Decision.Skip skip -> lacking = Way.deferred(skip.status(), skip.why());
                case Decision.Use(var protection) ->
                    known.addresses()
                            .forEach(address -> hops.add(
                                    new Hop(target(plan, target, address, protection.demand()), protection, false)));
            }
        }
        return hops.isEmpty() ? lacking : new Way.Hosts(hops);
    }

    private RelayTarget target(RoutePlan plan, RouteTarget target, InetAddress address, TlsDemand wanted) {
        var login = plan.login().isEmpty() ? null : new Credentials(plan.login(), plan.password());
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

    /** What has no dot, or is not in DNS, this machine may know by itself: its own names, and addresses. */
    private HostAddresses resolve(String host) {
        if (host.contains(".") && !host.matches("[0-9.]+")) {
            var known = HostAddresses.of(dns, host, six);
            if (!known.addresses().isEmpty()) {
                return known;
            }
        }
        return new HostAddresses(ofThisMachine(host), false, host, false);
    }

    private static List<InetAddress> ofThisMachine(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
