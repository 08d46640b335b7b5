package org.mailroom.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.RouteHold;
import org.mailroom.directory.RoutePlan;

/** The machines to which a domain's mail goes: those of its route, otherwise its mail exchangers. */
@ApplicationScoped
public class DomainHosts {
    /** More than anybody reads at a terminal. */
    private static final int MOST = 8;

    @Inject
    private Directory directory;

    @Inject
    private DeliveryTerms terms;

    @Inject
    private DeliveryAgent agent;

    /** Whether an address is one of theirs; throws UNAVAILABLE where that cannot be found out now. */
    public boolean include(String domain, InetAddress address) throws MailException {
        var outlook = agent.outlook(domain, "");
        if (outlook.trouble().startsWith("4")) {
            throw new MailException(Reason.UNAVAILABLE, "Nobody can say now who the hosts of " + domain + " are");
        }
        return outlook.hosts().stream()
                .anyMatch(host -> InetAddress.ofLiteral(host.address()).equals(address));
    }

    /**
     * Where mail for a domain goes and what keeps it, in lines for people who may know.
     *
     * @param reversePath whose mail
     */
    public List<String> lines(String domain, String reversePath) {
        var lines = new ArrayList<String>();
        var outlook = agent.outlook(domain, reversePath);
        for (var host : outlook.hosts().stream().limit(MOST).toList()) {
            lines.add("%s by %s: %s at %s:%d, TLS %s"
                    .formatted(domain, outlook.by(), host.name(), host.address(), host.port(), host.tls()));
        }
        if (!outlook.trouble().isEmpty()) {
            lines.add(domain + " goes nowhere now: " + outlook.trouble());
        }
        directory
                .route(domain, reversePath)
                .map(RoutePlan::hold)
                .filter(RouteHold::holds)
                .ifPresent(hold -> lines.add(domain + " is held until "
                        + (hold.times().isEmpty() ? "one of its hosts asks (ETRN)" : times(hold))));
        if (terms.pausedBy(domain).isPresent()) {
            lines.add(domain + " is paused by an administrator");
        }
        return lines;
    }

    private static String times(RouteHold hold) {
        return hold.times().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
