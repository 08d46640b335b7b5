package org.mailroom.directory;

import java.util.List;
import java.util.Locale;

/**
 * Where mail goes instead of its domain's MX.
 *
 * @param domain for whose mail: a {@link DomainPattern}
 * @param sender whose mail: an address or a domain, lower case; empty: everybody's
 * @param targets in the order in which they are asked; none: the MX
 * @param login for SMTP AUTH; empty: none
 * @param password with it; never shown
 */
public record RoutePlan(
        String domain,
        String sender,
        List<RouteTarget> targets,
        RouteTls tls,
        String login,
        String password,
        RouteHold hold) {
    public RoutePlan {
        targets = List.copyOf(targets);
    }

    /** The same with its password in another form. */
    RoutePlan with(String other) {
        return new RoutePlan(domain, sender, targets, tls, login, other, hold);
    }

    /** Just hosts. */
    public static RoutePlan to(List<RouteTarget> targets) {
        return new RoutePlan("*", "", targets, RouteTls.MAY, "", "", RouteHold.NONE);
    }

    boolean isFor(String reversePath) {
        var from = reversePath.toLowerCase(Locale.ROOT);
        return sender.isEmpty() || from.equals(sender) || from.endsWith("@" + sender);
    }

    /** Without the password: this is logged and audited. */
    @Override
    public String toString() {
        var words = new StringBuilder();
        targets.forEach(target -> words.append(words.isEmpty() ? "" : " ").append(target));
        words.append(tls == RouteTls.MAY ? "" : " tls=" + tls.text());
        words.append(login.isEmpty() ? "" : " login=" + login);
        words.append(hold.holds() ? " hold=" + hold : "");
        return words.toString().strip();
    }
}
