package org.mailroom.web.route;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.RouteAdmin;
import org.mailroom.admin.RouteInfo;
import org.mailroom.admin.RouteOutlook;
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

    private String asked = "";
    private @Nullable RouteOutlook outlook;
    private String domain = "";
    private String target = "";
    private String sender = "";
    private String tls = "may";
    private String login = "";
    private String password = "";
    private String hold = "";

    public List<RouteInfo> getRoutes() {
        return admin.routes();
    }

    public void put() {
        try {
            boolean added = admin.put(
                    new RouteInfo(domain, sender, target, tls, login, hold), password.isEmpty() ? null : password);
            notices.done(texts.of(added ? "routes.added" : "routes.changed", domain.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public void remove() {
        String gone = here.chosen("remove");
        try {
            // A domain has no blank, and what follows it is the sender.
            var parts = gone.split(" ", 2);
            admin.remove(parts[0], parts.length > 1 ? parts[1] : "");
            notices.done(texts.of("routes.removed", gone));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    /** What would become of mail for the domain that was asked for; null where none was. */
    public @Nullable RouteOutlook getOutlook() {
        if (outlook == null && !asked.isBlank()) {
            try {
                outlook = admin.explain(asked, "");
            } catch (AdminException refused) {
                outlook = new RouteOutlook(asked, "", List.of(), refused.text());
            }
        }
        return outlook;
    }

    public String getAsked() {
        return asked;
    }

    public void setAsked(@Nullable String asked) {
        this.asked = asked == null ? "" : asked;
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

    public String getSender() {
        return sender;
    }

    public void setSender(String sender) {
        this.sender = sender;
    }

    public String getTls() {
        return tls;
    }

    public void setTls(String tls) {
        this.tls = tls;
    }

    public String getLogin() {
        return login;
    }

    public void setLogin(String login) {
        this.login = login;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getHold() {
        return hold;
    }

    public void setHold(String hold) {
        this.hold = hold;
    }
}
