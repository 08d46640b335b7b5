package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.DomainPattern;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.RouteHold;
import org.mailroom.directory.RoutePlan;
import org.mailroom.directory.RouteTarget;
import org.mailroom.directory.RouteTls;
import org.mailroom.directory.Routes;
import org.mailroom.queue.DeliveryAgent;

/** Where mail for other people's domains goes, instead of their MX. A route lets nobody send who may not send anyway. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class RouteAdmin {
    private static final int LONGEST_LOGIN = 320;

    @Inject
    private Routes routes;

    @Inject
    private Domains domains;

    @Inject
    private Audit audit;

    @EJB
    private DeliveryAgent agent;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<RouteInfo> routes() {
        return routes.list().stream().map(RouteAdmin::info).toList();
    }

    private static RouteInfo info(RoutePlan plan) {
        var targets = plan.targets().stream().map(RouteTarget::toString).collect(Collectors.joining(" "));
        return new RouteInfo(
                plan.domain(),
                plan.sender(),
                targets,
                plan.tls().text(),
                plan.login(),
                plan.hold().toString());
    }

    /**
     * False where there was a route for the domain and sender, which is now as wished.
     *
     * @param password null leaves the one that was there, while the login stays the same
     */
    public boolean put(RouteInfo wish, @Nullable String password) throws AdminException {
        try {
            var plan = plan(wish, password);
            if (DomainPattern.parse(plan.domain()).isName() && domains.exists(MailDomain.parse(plan.domain()))) {
                throw new AdminException(
                        Kind.CONFLICT, "Mail for " + plan.domain() + " ends here: a route would never be taken");
            }
            var before = routes.put(plan);
            if (before.isEmpty() || !before.get().equals(plan)) {
                audit.write(
                        "route.put",
                        name(plan),
                        before.map(b -> "before=" + b + " ").orElse("") + "after=" + plan);
            }
            return before.isEmpty();
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    private RoutePlan plan(RouteInfo wish, @Nullable String password) throws AdminException, BadAddress {
        var domain = DomainPattern.parse(wish.domain()).text();
        var sender = sender(wish.sender());
        var plan = new RoutePlan(
                domain,
                sender,
                RouteTarget.parseAll(wish.target()),
                RouteTls.parse(wish.tls()),
                login(wish.login()),
                password == null ? kept(domain, sender, wish.login().strip()) : secret(password),
                RouteHold.parse(wish.hold()));
        if (plan.targets().isEmpty() && !plan.hold().holds()) {
            throw invalid("A route leads to a host, or holds mail, or both");
        }
        if (plan.hold().holds() && !sender.isEmpty()) {
            throw invalid("A hold is for all mail of a domain, not for one sender's");
        }
        if (plan.login().isEmpty() != plan.password().isEmpty()) {
            throw invalid("A login and its password belong together");
        }
        if (!plan.login().isEmpty()
                && (plan.tls() == RouteTls.NONE || plan.targets().isEmpty())) {
            throw invalid("A login needs a host, and TLS: a password in the clear is everybody's");
        }
        return plan;
    }

    private String kept(String domain, String sender, String login) {
        return routes.list().stream()
                .filter(plan -> plan.domain().equals(domain) && plan.sender().equals(sender))
                .filter(plan -> plan.login().equals(login))
                .map(RoutePlan::password)
                .findFirst()
                .orElse("");
    }

    private static String sender(String typed) throws BadAddress {
        var text = typed.strip();
        if (text.isEmpty()) {
            return "";
        }
        return text.indexOf('@') > 0
                ? MailAddress.parse(text).toString().toLowerCase(java.util.Locale.ROOT)
                : MailDomain.parse(text.startsWith("@") ? text.substring(1) : text)
                        .name();
    }

    private static String login(String typed) throws AdminException {
        var login = typed.strip();
        if (login.length() > LONGEST_LOGIN || login.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A login is one line of at most " + LONGEST_LOGIN + " characters");
        }
        return login;
    }

    private static AdminException invalid(String text) {
        return new AdminException(Kind.INVALID, text);
    }

    private static String secret(String password) throws AdminException {
        return password.isEmpty() ? "" : Texts.password(password);
    }

    private static String name(RoutePlan plan) {
        return plan.sender().isEmpty() ? plan.domain() : plan.domain() + " from " + plan.sender();
    }

    public void remove(String domain, String sender) throws AdminException {
        try {
            var name = DomainPattern.parse(domain).text();
            var before = routes.remove(name, sender(sender))
                    .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no route for " + name));
            audit.write("route.remove", name(before), "before=" + before);
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    /**
     * Where mail for a domain would go right now, and how it would be protected.
     *
     * @param sender whose mail; empty: anybody's
     */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // it may have to wait for name servers
    public RouteOutlook explain(String domain, String sender) throws AdminException {
        try {
            var name = MailDomain.parse(domain.strip());
            var outlook = agent.outlook(name.name(), sender.strip());
            var hosts = outlook.hosts().stream()
                    .map(host -> new RouteOutlook.Host(
                            host.name(), host.address(), host.port(), host.protocol(), host.tls(), host.policy()))
                    .toList();
            return new RouteOutlook(name.name(), outlook.by(), hosts, outlook.trouble());
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }
}
