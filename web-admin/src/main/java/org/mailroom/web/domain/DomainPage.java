package org.mailroom.web.domain;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DnsAdmin;
import org.mailroom.admin.DnsLine;
import org.mailroom.web.site.Here;

/** One domain: what DNS should say about it, and what it says. */
@Named
@RequestScoped
public class DomainPage {
    @Inject
    private DnsAdmin admin;

    @Inject
    private Here here;

    private List<DnsLine> lines = List.of();

    /** Called once, before the page is written. */
    public void load() {
        try {
            lines = admin.check(here.subject());
        } catch (AdminException unknown) {
            here.missing();
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
}
