package org.mailroom.web.route;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.RouteAdmin;
import org.mailroom.admin.RouteInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Where mail for a domain goes, instead of its MX. */
@Named
@RequestScoped
public class RoutesPage {
    @Inject
    private RouteAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String domain = "";
    private String target = "";

    public List<RouteInfo> getRoutes() {
        return admin.routes();
    }

    public void put() {
        try {
            boolean added = admin.put(domain.strip(), target.strip());
            notices.done(texts.of(added ? "routes.added" : "routes.changed", domain.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public void remove() {
        String gone = here.chosen("remove");
        try {
            admin.remove(gone);
            notices.done(texts.of("routes.removed", gone));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public String getTarget() {
        return target;
    }

    public void setTarget(String target) {
        this.target = target;
    }
}
