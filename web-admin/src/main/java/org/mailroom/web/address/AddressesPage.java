package org.mailroom.web.address;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Collectors;
import org.mailroom.admin.AddressAdmin;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.RewriteAdmin;
import org.mailroom.admin.RewriteInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Where mail for any address would go; rewrites by pattern. */
@Named
@RequestScoped
public class AddressesPage {
    private static final int HIGHEST_RANK = 1_000_000;

    @Inject
    private AddressAdmin addresses;

    @Inject
    private RewriteAdmin rewrites;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String domain = "";
    private String pattern = "";
    private boolean regular;
    private String target = "";
    private String rank = "";

    /** What the reader asked about. */
    public String getAsked() {
        return here.parameter("q");
    }

    /** Where its mail would go, step by step; empty where nothing was asked. */
    public String getWay() {
        try {
            return getAsked().isEmpty()
                    ? ""
                    : addresses.explain(getAsked()).lines().stream()
                            .map(texts::said)
                            .collect(Collectors.joining("\n"));
        } catch (AdminException refused) {
            return texts.said(refused.text());
        }
    }

    public List<RewriteInfo> getRewrites() {
        return rewrites.rewrites();
    }

    public void put() {
        tried("addresses.rewritten", () -> {
            var wanted = rank.isBlank() ? null : figure(rank.strip());
            rewrites.put(new RewriteInfo(domain.strip(), pattern.strip(), regular, target.strip(), wanted));
        });
    }

    /** What is no number is one that is refused. */
    private static Integer figure(String typed) {
        return typed.matches("\\d{1,7}") ? Integer.valueOf(typed) : Integer.valueOf(HIGHEST_RANK + 1);
    }

    /** The button names domain and pattern. */
    public void remove() {
        var chosen = here.chosen("remove").split(" ", 2);
        tried("addresses.rewriteGone", () -> rewrites.remove(chosen[0], chosen.length < 2 ? "" : chosen[1]));
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void tried(String said, Deed deed) {
        try {
            deed.go();
            notices.done(texts.of(said));
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

    public String getPattern() {
        return pattern;
    }

    public void setPattern(String pattern) {
        this.pattern = pattern;
    }

    public boolean isRegular() {
        return regular;
    }

    public void setRegular(boolean regular) {
        this.regular = regular;
    }

    public String getTarget() {
        return target;
    }

    public void setTarget(String target) {
        this.target = target;
    }

    public String getRank() {
        return rank;
    }

    public void setRank(String rank) {
        this.rank = rank;
    }
}
