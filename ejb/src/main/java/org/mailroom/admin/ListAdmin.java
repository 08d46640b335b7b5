package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.Redirections;
import org.mailroom.rules.BadRule;
import org.mailroom.rules.ListEntry;
import org.mailroom.rules.Lists;

/** Senders and recipients that are always or never wanted. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class ListAdmin {
    @Inject
    private Lists lists;

    @Inject
    private Domains domains;

    @Inject
    private Accounts accounts;

    @Inject
    private Redirections redirections;

    @Inject
    private Audit audit;

    /** @param owner whose; empty: everybody's */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<ListInfo> entries(String owner) {
        var whose = owner.strip().toLowerCase(Locale.ROOT);
        return lists.all().stream()
                .filter(entry -> whose.isEmpty() || entry.owner().equals(whose))
                .map(ListAdmin::info)
                .toList();
    }

    private static ListInfo info(ListEntry entry) {
        return new ListInfo(entry.id(), entry.owner(), entry.subject().word(), entry.pattern(), entry.allow());
    }

    /** Adds an entry, or changes what is said of its pattern; returns it with its id. */
    public ListInfo put(ListInfo wanted) throws AdminException {
        try {
            var wish = ListEntry.of(wanted.owner(), wanted.subject(), wanted.pattern(), wanted.allow());
            owned(wish.owner());
            var entry = lists.put(wish);
            audit.write("list.put", entry.pattern(), "after=" + info(entry));
            return info(entry);
        } catch (BadRule e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    /** Mail to or from whom nobody has, or to a domain that is neither ours nor passed on, is never held against a list. */
    private void owned(String owner) throws AdminException {
        if (owner.isEmpty()) {
            return;
        }
        var domain = Texts.domain(owner.substring(owner.lastIndexOf('@') + 1));
        if (!domains.isTaken(domain)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + domain);
        }
        if (owner.contains("@") && domains.exists(domain)) {
            var address = Texts.address(owner);
            if (accounts.holder(address).isEmpty() && !redirections.isTaken(address)) {
                throw new AdminException(Kind.NOT_FOUND, "There is no account " + address);
            }
        }
    }

    public void remove(long id) throws AdminException {
        var before = lists.find(id)
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no entry " + id + " in the lists"));
        lists.remove(id);
        audit.write("list.remove", before.pattern(), "before=" + info(before));
    }
}
