package org.mailroom.admin;

import java.util.List;

/**
 * Where mail for a domain would go right now.
 *
 * @param by {@code route} or {@code mx}
 * @param hosts in the order in which they would be tried
 * @param trouble why it would go nowhere; empty where there are hosts
 */
public record RouteOutlook(String domain, String by, List<Host> hosts, String trouble) {
    public RouteOutlook {
        hosts = List.copyOf(hosts);
    }

    /**
     * @param tls how much TLS it would need, and by whose word (DANE, MTA-STS)
     * @param policy what its domain publishes, line by line
     */
    public record Host(String name, String address, int port, String protocol, String tls, List<String> policy) {
        public Host {
            policy = List.copyOf(policy);
        }
    }
}
