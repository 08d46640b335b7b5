package org.mailroom.authenticity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/** The names that an address says it has and that say so too (RFC 7208 §5.5). Trouble on the way means: none. */
record SpfNames(Dns dns, InetAddress client, String domain) {
    private static final int MOST = 10;

    List<String> within(String name) {
        if (!(dns.names(client) instanceof Answer.Found<String> found)) {
            return List.of();
        }
        return found.values().stream()
                .limit(MOST)
                .filter(each -> Names.isWithin(each, name))
                .filter(this::isTrue)
                .toList();
    }

    private boolean isTrue(String name) {
        return dns.addresses(name, client instanceof Inet6Address) instanceof Answer.Found<InetAddress> found
                && found.values().contains(client);
    }

    /** For %p: the domain itself, or one below it, or any, or {@code unknown} (RFC 7208 §7.3). */
    String best() {
        var below = within(domain);
        if (below.contains(domain)) {
            return domain;
        }
        return below.stream().findFirst().orElseGet(() -> any());
    }

    private String any() {
        if (!(dns.names(client) instanceof Answer.Found<String> found)) {
            return "unknown";
        }
        return found.values().stream()
                .limit(MOST)
                .filter(this::isTrue)
                .findFirst()
                .orElse("unknown");
    }
}
