package org.mailroom.queue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;
import org.mailroom.dns.Dns.Exchanger;
import org.mailroom.transport.Decision;
import org.mailroom.transport.Demand;
import org.mailroom.transport.Protection;
import org.mailroom.transport.Protections;

/** Finds the hosts that take mail for a domain (RFC 5321 §5.1). */
final class MailExchangers {
    /** Hosts beyond these are not worth the time of the others that wait. */
    private static final int MOST = 8;

    private final Dns dns;
    private final String hostname;
    private final int port;
    private final Predicate<InetAddress> own;
    private final boolean six;
    private final Protections protections;
    private final Random chance = new Random();

    /**
     * @param hostname our own
     * @param own whether what listens at an address is ourselves
     * @param six whether this machine reaches IPv6
     */
    MailExchangers(
            Dns dns, String hostname, int port, Predicate<InetAddress> own, boolean six, Protections protections) {
        this.dns = dns;
        this.hostname = hostname;
        this.port = port;
        this.own = own;
        this.six = six;
        this.protections = protections;
    }

    /** Without published policies: TLS where it is offered. */
    MailExchangers(Dns dns, String hostname, int port, Predicate<InetAddress> own, boolean six) {
        this(dns, hostname, port, own, six, Protections.none(dns));
    }

    Way find(String domain) {
        return find(domain, Optional.empty());
    }

    /** @param demand how much TLS the operator wants for this domain, if that was said */
    Way find(String domain, Optional<Demand> demand) {
        if (domain.startsWith("[")) {
            return literal(domain, demand);
        }
        return switch (dns.exchangers(domain)) {
            case Answer.Unknown(var why) ->
                Way.deferred("4.4.3", "DNS gave no answer for " + domain + " (" + why + ")");
            // RFC 5321 §5.1: without MX, the domain itself is its exchanger, if it has an address.
            case Answer.None(var name, var signed) ->
                name
                        ? way(protections.of(domain, signed, demand), List.of(new Exchanger(0, domain)))
                        : Way.failed("5.1.2", "The domain " + domain + " does not exist");
            case Answer.Found<Exchanger> found -> way(protections.of(domain, found.secure(), demand), found.values());
        };
    }

    private Way way(Protections.OfDomain security, List<Exchanger> found) {
        var domain = security.domain();
        // RFC 7505: a single dot says that the domain takes no mail.
        var exchangers = new ArrayList<>(
                found.stream().filter(mx -> !mx.host().isEmpty()).toList());
        if (exchangers.isEmpty()) {
            return Way.failed("5.1.10", "The domain " + domain + " accepts no mail (null MX)");
        }
        Collections.shuffle(exchangers, chance);
        exchangers.sort(Comparator.comparingInt(Exchanger::preference));
        var resolved = new ArrayList<Resolved>();
        for (var exchanger : exchangers) {
            if (resolved.stream()
                            .mapToInt(host -> host.known.addresses().size())
                            .sum()
                    < MOST) {
                resolved.add(resolve(exchanger));
            }
        }
        return withoutOurselves(security, resolved);
    }

    private Way withoutOurselves(Protections.OfDomain security, List<Resolved> hosts) {
        var domain = security.domain();
        // RFC 5321 §5.1: where we are in the list ourselves, only better ones than we are may be tried.
        int ours = hosts.stream()
                .filter(host -> host.ourselves)
                .mapToInt(host -> host.exchanger.preference())
                .min()
                .orElse(Integer.MAX_VALUE);
        var hops = new LinkedHashMap<RelayTarget, Hop>();
        var barred = new ArrayList<Way.Barred>();
        for (var host : hosts) {
            if (host.exchanger.preference() >= ours || host.known.addresses().isEmpty() || hops.size() >= MOST) {
                continue;
            }
            switch (security.host(host.exchanger.host(), port, host.known.signed(), host.known.target())) {
                case Decision.Skip skip -> barred.add(new Way.Barred(host.exchanger.host(), skip));
                case Decision.Use(var protection) ->
                    host.known.addresses().forEach(address -> add(hops, host.exchanger.host(), address, protection));
            }
        }
        if (!hops.isEmpty()) {
            return new Way.Hosts(hops.values().stream().limit(MOST).toList(), barred);
        }
        if (!barred.isEmpty()) {
            return Way.barred(barred);
        }
        if (ours < Integer.MAX_VALUE) {
            return Way.failed("5.4.6", "Mail for " + domain + " loops back to " + hostname);
        }
        if (hosts.stream().anyMatch(host -> host.known.unknown())) {
            return Way.deferred("4.4.3", "DNS gave no answer for the mail hosts of " + domain);
        }
        return Way.failed("5.4.4", "No mail host of " + domain + " has an address");
    }

    private void add(Map<RelayTarget, Hop> hops, String host, InetAddress address, Protection protection) {
        var target = target(host, address, protection);
        hops.putIfAbsent(target, new Hop(target, protection, true));
    }

    private record Resolved(Exchanger exchanger, HostAddresses known, boolean ourselves) {}

    private Resolved resolve(Exchanger exchanger) {
        var host = exchanger.host();
        if (host.equalsIgnoreCase(hostname)) {
            return new Resolved(exchanger, new HostAddresses(List.of(), false, host, false), true);
        }
        var known = HostAddresses.of(dns, host, six);
        return new Resolved(exchanger, known, known.addresses().stream().anyMatch(own));
    }

    private RelayTarget target(String host, InetAddress address, Protection protection) {
        return new RelayTarget(host, address.getHostAddress(), port, hostname, protection.demand());
    }

    /** RFC 5321 §4.1.3: {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}. */
    private Way literal(String domain, Optional<Demand> demand) {
        var text = domain.substring(1, Math.max(1, domain.length() - 1));
        boolean isSix = text.startsWith("ipv6:");
        var digits = isSix ? text.substring(5) : text;
        if (!digits.matches(isSix ? "[0-9a-f:.]*:[0-9a-f:.]*" : "\\d+(\\.\\d+){3}")) {
            return Way.failed("5.1.2", "The address literal " + domain + " makes no sense");
        }
        try {
            var address = InetAddress.getByName(digits);
            if (own.test(address)) {
                return Way.failed("5.4.6", "Mail for " + domain + " loops back to " + hostname);
            }
            var protection = protections.of(domain, false, demand).literal();
            var target = target(address instanceof Inet6Address ? digits : text, address, protection);
            return new Way.Hosts(List.of(new Hop(target, protection, false)));
        } catch (UnknownHostException e) {
            return Way.failed("5.1.2", "The address literal " + domain + " makes no sense");
        }
    }
}
