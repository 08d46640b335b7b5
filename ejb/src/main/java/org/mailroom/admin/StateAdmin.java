package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Secret;

/** Brings domains, accounts, addresses, policies, routes and limits to the state that somebody wrote down, or says what that would change. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StateAdmin {
    /** Each costs a password hash. */
    private static final int MOST_NEW = 1000;

    @Inject
    private StateSections sections;

    @Inject
    private StateOfAccounts accounts;

    @Inject
    private StateWork work;

    @Inject
    private NewSecret secrets;

    /**
     * Compares, and changes what differs; all of it or nothing. A dry run does the same and takes it back, so that it is refused
     * whatever would be.
     *
     * @param wish lists of objects by section; what it does not name stays as it is
     * @param prune whether what is there, but not in a section of the wish, is removed
     */
    public StateOutcome apply(JsonObject wish, boolean dryRun, boolean prune) throws AdminException {
        var plan = StatePlan.of(sections.all(), wish, prune);
        plan.ask();
        if (plan.steps().isEmpty()) {
            return new StateOutcome(!dryRun, plan.changes(), List.of());
        }
        var fresh = fresh(plan, dryRun);
        var kept = new HashMap<String, Secret>();
        fresh.forEach((address, secret) -> kept.put(address, secret.secret()));
        if (dryRun) {
            work.tryOut(plan, kept);
            return new StateOutcome(false, plan.changes(), List.of());
        }
        work.carryOut(plan, kept);
        var shown = new ArrayList<Created>();
        fresh.forEach((address, secret) -> shown.add(new Created(address, true, secret.generated())));
        return new StateOutcome(true, plan.changes(), shown);
    }

    /** Hashing takes its time, in which nothing is held. Of a dry run nobody keeps a password: one does for all. */
    private Map<String, NewSecret.Fresh> fresh(StatePlan plan, boolean dryRun) throws AdminException {
        var wanted = plan.changes().stream()
                .filter(change ->
                        change.deed().equals("add") && change.section().equals(StateOfAccounts.NAME))
                .map(StateChange::name)
                .toList();
        if (wanted.size() > MOST_NEW) {
            throw new AdminException(Kind.INVALID, "No more than " + MOST_NEW + " new accounts at a time");
        }
        var fresh = new LinkedHashMap<String, NewSecret.Fresh>();
        for (var address : wanted) {
            if (!accounts.isLeaving(address)) {
                var first = fresh.firstEntry();
                fresh.put(address, dryRun && first != null ? first.getValue() : secrets.make(null));
            }
        }
        return fresh;
    }

    /** What is there now, in the form of a wish: rows of fields by section. Sections that the caller may not read are left out. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public Map<String, List<Map<String, @Nullable Object>>> present(List<String> names) throws AdminException {
        var state = new LinkedHashMap<String, List<Map<String, @Nullable Object>>>();
        var all = sections.all();
        StatePlan.known(all, names);
        for (var section : all) {
            if (names.isEmpty() || names.contains(section.name())) {
                state.put(
                        section.name(),
                        section.present().rows().stream().map(StateRow::fields).toList());
            }
        }
        return state;
    }
}
