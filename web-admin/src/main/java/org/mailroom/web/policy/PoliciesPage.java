package org.mailroom.web.policy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DryRun;
import org.mailroom.admin.RuleAdmin;
import org.mailroom.admin.RuleInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Administrators' own rules on mail, and what one of them would have done. */
@Named
@RequestScoped
public class PoliciesPage {
    private static final int DAYS = 7;
    private static final int POSITION = 100;
    private static final String YES = "yes";

    @Inject
    private RuleAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String name = "";
    private String position = String.valueOf(POSITION);
    private String action = "junk";
    private String conditions = "";
    private String reason = "";
    private String force = YES;
    private @Nullable DryRun dryRun;

    /** Called before the page is written: a rule that the address names is put into the form, or tried. */
    public void load() {
        var edited = here.parameter("rule");
        admin.rules().stream()
                .filter(rule -> rule.name().equals(edited))
                .findFirst()
                .ifPresent(this::edit);
        var tried = here.parameter("try");
        if (!tried.isEmpty()) {
            try {
                dryRun = admin.dryRun(tried, DAYS);
            } catch (AdminException refused) {
                notices.problem(refused.text());
            }
        }
    }

    private void edit(RuleInfo rule) {
        name = rule.name();
        position = String.valueOf(rule.position());
        action = rule.action();
        conditions = String.join("\n", rule.conditions());
        reason = rule.reason();
        force = rule.enabled() ? YES : "no";
    }

    public List<RuleInfo> getRules() {
        return admin.rules();
    }

    public @Nullable DryRun getDryRun() {
        return dryRun;
    }

    /** The rule that was tried. */
    public String getTried() {
        return here.parameter("try");
    }

    public void put() {
        try {
            admin.put(new RuleInfo(
                    name.strip(),
                    position.matches("\\d{1,6}") ? Integer.parseInt(position) : POSITION,
                    force.equals(YES),
                    action,
                    conditions
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList(),
                    reason.strip()));
            notices.done(texts.of("policies.saved", name.strip()));
            here.again();
        } catch (AdminException refused) {
            // What was typed stays.
            notices.problem(refused.text());
        }
    }

    public void remove() {
        String gone = here.chosen("remove");
        try {
            admin.remove(gone);
            notices.done(texts.of("policies.removed", gone));
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

    public String getPosition() {
        return position;
    }

    public void setPosition(String position) {
        this.position = position;
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action;
    }

    public String getConditions() {
        return conditions;
    }

    public void setConditions(String conditions) {
        this.conditions = conditions;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** Yes, or no where the rule is only to be tried. */
    public String getForce() {
        return force;
    }

    public void setForce(String force) {
        this.force = force;
    }
}
