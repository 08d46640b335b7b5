package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.RouteTarget;
import org.mailroom.directory.Routes;

/** Where mail for other people's domains goes, instead of their MX. A route lets nobody send who may not send anyway. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class RouteAdmin {
    @Inject
    private Routes routes;

    @Inject
    private Domains domains;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<RouteInfo> routes() {
        return routes.list().stream()
                .map(route -> new RouteInfo(route.domain(), route.target()))
                .toList();
    }

    /** False where there was a route for the domain, which now leads to the new target. */
    public boolean put(String domain, String target) throws AdminException {
        try {
            var name = MailDomain.parse(domain.strip());
            var to = RouteTarget.parse(target);
            if (domains.exists(name)) {
                throw new AdminException(
                        Kind.CONFLICT, "Mail for " + name + " ends here: a route would never be taken");
            }
            var before = routes.put(name, to);
            if (!before.equals(Optional.of(to.toString()))) {
                audit.write(
                        "route.put",
                        name.name(),
                        before.map(b -> "before=" + b + " ").orElse("") + "after=" + to);
            }
            return before.isEmpty();
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    public void remove(String domain) throws AdminException {
        try {
            var name = MailDomain.parse(domain.strip());
            var before = routes.remove(name)
                    .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no route for " + name));
            audit.write("route.remove", name.name(), "before=" + before);
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }
}
