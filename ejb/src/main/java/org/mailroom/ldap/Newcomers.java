package org.mailroom.ldap;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.SourcedAccounts;
import org.mailroom.directory.SourcedAccounts.Kept;
import org.mailroom.directory.SourcedAccounts.Known;
import org.mailroom.directory.SourcedAccounts.Person;
import org.mailroom.mailbox.StandardMailboxes;

/**
 * Brings what a directory says into our tables, one account a transaction, which begins when the directory has answered. A dry run
 * does the same and takes it back.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Newcomers {
    @Resource
    private SessionContext context;

    @Inject
    private SourcedAccounts accounts;

    @Inject
    private StandardMailboxes mailboxes;

    @Inject
    private Event<SourceDeed> deeds;

    /** Makes or changes somebody's account, mailboxes included. */
    public Kept keep(SourcePlan plan, Person person, boolean dry) {
        var kept = accounts.keep(plan.id(), person, plan.adopts());
        var account = kept.account();
        if (account != null && kept.appeared()) {
            mailboxes.create(account);
        }
        if (!kept.changes().isEmpty()) {
            deeds.fire(new SourceDeed(
                    plan.name(),
                    kept.appeared() ? "appear" : "follow",
                    kept.address(),
                    String.join(", ", kept.changes())));
        }
        endOf(dry);
        return kept;
    }

    /** Whoever has the entry, if nothing about him is new. */
    public @Nullable Known unchanged(SourcePlan plan, Person person) {
        return accounts.find(plan.id(), person.entry())
                .filter(known -> known.isAs(person))
                .orElse(null);
    }

    public List<Known> all(SourcePlan plan) {
        return accounts.all(plan.id());
    }

    public void seen(SourcePlan plan, List<AccountId> who) {
        accounts.seen(plan.id(), who);
    }

    public void gone(SourcePlan plan, Known known, boolean dry) {
        accounts.gone(known);
        deeds.fire(new SourceDeed(plan.name(), "gone", known.address(), "disabled"));
        endOf(dry);
    }

    /** As {@link SourcedAccounts#group}. */
    public @Nullable String group(
            SourcePlan plan, MailAddress address, String displayName, Set<String> members, boolean dry) {
        var change = accounts.group(plan.id(), address, displayName, members);
        if (change != null && !change.isEmpty()) {
            deeds.fire(new SourceDeed(plan.name(), "group", address.toString(), change));
        }
        endOf(dry);
        return change;
    }

    public List<MailAddress> groups(SourcePlan plan) {
        return accounts.groups(plan.id());
    }

    private void endOf(boolean dry) {
        if (dry) {
            context.setRollbackOnly();
        }
    }
}
