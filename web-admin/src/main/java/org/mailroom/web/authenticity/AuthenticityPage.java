package org.mailroom.web.authenticity;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AuthenticityAdmin;
import org.mailroom.admin.AuthenticityInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** What is done with mail that does not come from whom it says. */
@Named
@RequestScoped
public class AuthenticityPage {
    @Inject
    private AuthenticityAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String domain = "";
    private String spf = "";
    private String dmarc = "";

    public List<AuthenticityInfo> getPolicies() {
        return admin.policies();
    }

    /** What the configuration says. */
    public AuthenticityInfo getSite() {
        return admin.site();
    }

    /** What can be done, from the mildest to the hardest. */
    public List<String> getChoices() {
        return List.of("off", "report", "junk", "refuse");
    }

    public void put() {
        try {
            admin.put(new AuthenticityInfo(domain.strip(), orNull(spf), orNull(dmarc)));
            notices.done(texts.of("authenticity.saved", domain.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    private static @Nullable String orNull(String chosen) {
        return chosen.isEmpty() ? null : chosen;
    }

    public void remove() {
        String gone = here.chosen("remove");
        try {
            admin.remove(gone);
            notices.done(texts.of("authenticity.removed", gone));
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

    public String getSpf() {
        return spf;
    }

    public void setSpf(String spf) {
        this.spf = spf;
    }

    public String getDmarc() {
        return dmarc;
    }

    public void setDmarc(String dmarc) {
        this.dmarc = dmarc;
    }
}
