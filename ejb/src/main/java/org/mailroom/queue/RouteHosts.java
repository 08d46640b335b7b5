package org.mailroom.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.contract.relay.Credentials;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.directory.RoutePlan;
import org.mailroom.directory.RouteTarget;
import org.mailroom.dns.Answer;
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
        var hops = new ArrayList<Hop>();
        var barred = new ArrayList<Way.Barred>();
        for (var target : plan.targets()) {
            var host = target.host();
            var known = resolve(host);
            var security = protections.ofHost(host, Routing.demand(plan.tls()));
            switch (security.host(host, target.port(), known.signed(), known.name())) {
                case Decision.Skip skip -> barred.add(new Way.Barred(host, skip));
                case Decision.Use(var protection) ->
                    known.addresses()
                            .forEach(address ->
                                    hops.add(new Hop(target(plan, target, address, protection.demand()), protection)));
            }
        }
        if (!hops.isEmpty()) {
            return new Way.Hosts(hops, barred);
        }
        if (!barred.isEmpty()) {
            var why = barred.getLast().why();
            return new Way.Blocked(new Outcome(Outcome.Kind.DEFERRED, 0, why.status(), why.why()), barred);
        }
        return Way.deferred("4.4.3", "No host of the route " + plan + " was found");
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

    /**
     * @param signed whether all addresses come from signed DNS
     * @param name the one that has them, at the end of aliases
     */
    private record Known(List<InetAddress> addresses, boolean signed, String name) {}

    /** What has no dot, or is not in DNS, this machine may know by itself: its own names, and addresses. */
    private Known resolve(String host) {
        var known = host.contains(".") && !host.matches("[0-9.]+") ? named(host) : new Known(List.of(), false, host);
        return known.addresses().isEmpty() ? new Known(ofThisMachine(host), false, host) : known;
    }

    private Known named(String host) {
        var addresses = new ArrayList<InetAddress>();
        boolean signed = true;
        var name = host;
        for (boolean version : six ? new boolean[] {true, false} : new boolean[] {false}) {
            if (dns.addresses(host, version) instanceof Answer.Found<InetAddress> found) {
                addresses.addAll(found.values());
                signed &= found.secure();
                name = found.name();
            }
        }
        return new Known(addresses, signed, name);
    }

    private static List<InetAddress> ofThisMachine(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
