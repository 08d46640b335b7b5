package org.mailroom.web.domain;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DomainAdmin;
import org.mailroom.admin.DomainInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** The domains whose mail is ours. */
@Named
@RequestScoped
public class DomainsPage {
    @Inject
    private DomainAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String name = "";

    public List<DomainInfo> getDomains() {
        return admin.domains();
    }

    public void add() {
        try {
            boolean added = admin.add(name.strip());
            notices.done(texts.of(added ? "domains.added" : "domains.known", name.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public void remove() {
        String domain = here.chosen("remove");
        try {
            admin.remove(domain);
            notices.done(texts.of("domains.removed", domain));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
