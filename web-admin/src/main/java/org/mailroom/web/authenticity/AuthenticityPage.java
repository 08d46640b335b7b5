package org.mailroom.web.authenticity;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AuthenticityAdmin;
import org.mailroom.admin.AuthenticityInfo;
import org.mailroom.admin.DmarcCountInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** What is done with mail that does not come from whom it says, and what came of it. */
@Named
@RequestScoped
public class AuthenticityPage {
    private static final int SHOWN_DAYS = 7;

    @Inject
    private AuthenticityAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private @Nullable List<DmarcCountInfo> counts;
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

    /** What DMARC came to in the last days. */
    public List<DmarcCountInfo> getCounts() {
        if (counts == null) {
            counts = admin.counts("", SHOWN_DAYS);
        }
        return counts;
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
