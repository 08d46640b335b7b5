package org.mailroom.web.domain;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DnsAdmin;
import org.mailroom.admin.DnsLine;
import org.mailroom.admin.DomainAdmin;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** One domain: what DNS should say about it, and what it says. */
@Named
@RequestScoped
public class DomainPage {
    @Inject
    private DnsAdmin admin;

    @Inject
    private DomainAdmin domains;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Links links;

    @Inject
    private Here here;

    private List<DnsLine> lines = List.of();
    private String newName = "";
    private boolean keepOld = true;

    /** Called once, before the page is written. */
    public void load() {
        try {
            lines = admin.check(here.subject());
        } catch (AdminException unknown) {
            here.missing();
        }
    }

    /** The page goes along. */
    public void rename() {
        try {
            domains.rename(here.subject(), newName.strip(), keepOld);
            notices.done(texts.of("domains.renamed"));
            here.go(links.domain(newName.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
            here.again();
        }
    }

    public List<DnsLine> getLines() {
        return lines;
    }

    /** How many lines are wrong or missing though mail needs them. */
    public long getWrong() {
        return lines.stream()
                .filter(line -> line.state().equals("missing") || line.state().equals("other"))
                .count();
    }

    public String tone(DnsLine line) {
        return switch (line.state()) {
            case "good" -> "good";
            case "missing" -> "bad";
            case "other", "unknown" -> "slow";
            default -> "plain";
        };
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String newName) {
        this.newName = newName;
    }

    public boolean isKeepOld() {
        return keepOld;
    }

    public void setKeepOld(boolean keepOld) {
        this.keepOld = keepOld;
    }
}
