package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailroom.directory.Secret;
import org.mailroom.directory.SharedAccounts;
import org.mailroom.mailbox.AccountRights;

/** Brings about a state, all of it or nothing: one transaction. What it changes must not leave it but by its commit. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
public class StateWork {
    @Resource
    private SessionContext context;

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private StateOfAccounts accounts;

    @Inject
    private SharedAccounts shared;

    @Inject
    private AccountRights mailboxes;

    /** Accounts that are new, with what proves their passwords. */
    public void open(Map<StateRow, Secret> rows) throws AdminException {
        for (var row : rows.entrySet()) {
            accounts.put(row.getKey(), row.getValue());
        }
    }

    /** @param secrets of the accounts that are new, by address */
    public void carryOut(StatePlan plan, Map<String, Secret> secrets) throws AdminException {
        hold(plan);
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

    /** As everywhere, mailboxes are locked before accounts; the steps alone would do it in turns. */
    private void hold(StatePlan plan) {
        var named = plan.changes().stream()
                .filter(change -> change.section().equals(StateOfDomains.SHARED))
                .map(StateChange::name)
                .collect(Collectors.toSet());
        if (!named.isEmpty()) {
            mailboxes.hold(shared.all().stream()
                    .filter(box -> named.contains(box.address()))
                    .map(SharedAccounts.Shared::account)
                    .toList());
        }
    }

    /** Does as {@link #carryOut}, and takes it back: by then it was refused whatever would be. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void tryOut(StatePlan plan, Map<String, Secret> secrets) throws AdminException {
        carryOut(plan, secrets);
        // The tables have a word in it, too, which would come with the commit.
        entities.flush();
        context.setRollbackOnly();
    }
}
