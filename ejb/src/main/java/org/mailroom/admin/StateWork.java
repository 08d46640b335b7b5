package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.mailroom.directory.Secret;

/** Brings about a state, all of it or nothing: one transaction. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
public class StateWork {
    @Inject
    private StateOfAccounts accounts;

    /** Accounts that are new, with what proves their passwords. */
    public void open(Map<StateRow, Secret> rows) throws AdminException {
        for (var row : rows.entrySet()) {
            accounts.put(row.getKey(), row.getValue());
        }
    }

    /** @param secrets of the accounts that are new, by address */
    public void carryOut(StatePlan plan, Map<String, Secret> secrets) throws AdminException {
        for (var step : plan.steps()) {
            var section = step.section();
            if (step.change().deed().equals("remove")) {
                section.remove().of(step.row());
            } else if (section.name().equals(StateOfAccounts.NAME)) {
                accounts.put(step.row(), secrets.get(step.change().name()));
            } else {
                section.put().of(step.row(), step.change().deed().equals("add"));
            }
        }
    }
}
