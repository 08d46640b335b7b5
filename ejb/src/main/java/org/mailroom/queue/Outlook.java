package org.mailroom.queue;

import java.util.List;

/**
 * Where mail for a domain would go right now.
 *
 * @param by {@code route} or {@code mx}
 * @param hosts in the order in which they would be tried; equals are shuffled anew each time
 * @param trouble why it would go nowhere; empty where there are hosts
 */
public record Outlook(String by, List<Host> hosts, String trouble) {
    public Outlook {
        hosts = List.copyOf(hosts);
    }

    /**
     * @param tls how much TLS it would need, and by whose word
     * @param policy what was published, line by line
     */
    public record Host(String name, String address, int port, String protocol, String tls, List<String> policy) {
        public Host {
            policy = List.copyOf(policy);
        }
    }

    static Outlook of(String by, Way way) {
        return switch (way) {
            case Way.Blocked(var outcome, var _) -> new Outlook(by, List.of(), outcome.status() + " " + outcome.text());
            case Way.Hosts(var hops, var _) ->
                new Outlook(by, hops.stream().map(Outlook::host).toList(), "");
        };
    }

    private static Host host(Hop hop) {
        var target = hop.target();
        return new Host(
                target.host(),
                target.address(),
                target.port(),
                target.protocol().name().toLowerCase(java.util.Locale.ROOT),
                hop.protection().words(),
                hop.protection().policy());
    }
}
