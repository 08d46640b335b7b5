package org.mailroom.queue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;
import org.mailroom.dns.Dns.Exchanger;

/** Finds the hosts that take mail for a domain (RFC 5321 §5.1). */
final class MailExchangers {
    /** Hosts beyond these are not worth the time of the others that wait. */
    private static final int MOST = 8;

    private final Dns dns;
    private final String hostname;
    private final int port;
    private final Predicate<InetAddress> own;
    private final boolean six;
    private final Random chance = new Random();

    /**
     * @param hostname our own
     * @param own whether what listens at an address is ourselves
     * @param six whether this machine reaches IPv6
     */
    MailExchangers(Dns dns, String hostname, int port, Predicate<InetAddress> own, boolean six) {
        this.dns = dns;
        this.hostname = hostname;
        this.port = port;
        this.own = own;
        this.six = six;
    }

    Way find(String domain) {
        if (domain.startsWith("[")) {
            return literal(domain);
        }
        return switch (dns.exchangers(domain)) {
            case Answer.Unknown(var why) ->
                Way.deferred("4.4.3", "DNS gave no answer for " + domain + " (" + why + ")");
            // RFC 5321 §5.1: without MX, the domain itself is its exchanger, if it has an address.
            case Answer.None(var name, var _) ->
                name
                        ? way(domain, List.of(new Exchanger(0, domain)))
                        : Way.failed("5.1.2", "The domain " + domain + " does not exist");
            case Answer.Found<Exchanger> found -> way(domain, found.values());
        };
    }

    private Way way(String domain, List<Exchanger> found) {
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
            if (resolved.stream().mapToInt(host -> host.addresses.size()).sum() < MOST) {
                resolved.add(resolve(exchanger));
            }
        }
        return withoutOurselves(domain, resolved);
    }

    private Way withoutOurselves(String domain, List<Resolved> hosts) {
        // RFC 5321 §5.1: where we are in the list ourselves, only better ones than we are may be tried.
        int ours = hosts.stream()
                .filter(host -> host.ourselves)
                .mapToInt(host -> host.exchanger.preference())
                .min()
                .orElse(Integer.MAX_VALUE);
        var targets = hosts.stream()
                .filter(host -> host.exchanger.preference() < ours)
                .flatMap(host -> host.addresses.stream().map(address -> target(host.exchanger.host(), address)))
                .distinct()
                .limit(MOST)
                .toList();
        if (!targets.isEmpty()) {
            return new Way.Hosts(targets);
        }
        if (ours < Integer.MAX_VALUE) {
            return Way.failed("5.4.6", "Mail for " + domain + " loops back to " + hostname);
        }
        if (hosts.stream().anyMatch(host -> host.unknown)) {
            return Way.deferred("4.4.3", "DNS gave no answer for the mail hosts of " + domain);
        }
        return Way.failed("5.4.4", "No mail host of " + domain + " has an address");
    }

    private record Resolved(Exchanger exchanger, List<InetAddress> addresses, boolean ourselves, boolean unknown) {}

    private Resolved resolve(Exchanger exchanger) {
        if (exchanger.host().equalsIgnoreCase(hostname)) {
            return new Resolved(exchanger, List.of(), true, false);
        }
        var addresses = new ArrayList<InetAddress>();
        boolean unknown = false;
        for (boolean version : six ? new boolean[] {true, false} : new boolean[] {false}) {
            switch (dns.addresses(exchanger.host(), version)) {
                case Answer.Found<InetAddress> found -> addresses.addAll(found.values());
                case Answer.Unknown<InetAddress> _ -> unknown = true;
                case Answer.None<InetAddress> _ -> {}
            }
        }
        return new Resolved(exchanger, addresses, addresses.stream().anyMatch(own), unknown);
    }

    private RelayTarget target(String host, InetAddress address) {
        return new RelayTarget(host, address.getHostAddress(), port, hostname, TlsDemand.OPPORTUNISTIC);
    }

    /** RFC 5321 §4.1.3: {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}. */
    private Way literal(String domain) {
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
            return new Way.Hosts(List.of(target(address instanceof Inet6Address ? digits : text, address)));
        } catch (UnknownHostException e) {
            return Way.failed("5.1.2", "The address literal " + domain + " makes no sense");
        }
    }
}
