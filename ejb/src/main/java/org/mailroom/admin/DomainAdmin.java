package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Moves;

/** The domains whose mail we take. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class DomainAdmin {
    @Inject
    private Domains domains;

    @Inject
    private Directory directory;

    @Inject
    private NewDomain newDomain;

    @Inject
    private Moves moves;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public List<DomainInfo> domains() {
        return domains.list().stream()
                .filter(domain -> scope.sees(domain.name()))
                .map(domain -> new DomainInfo(
                        domain.name(),
                        domain.relayed(),
                        domain.accounts(),
                        domain.otherNames(),
                        domain.catchAll(),
                        domain.created()))
                .toList();
    }

    /** False where it was there as one of ours; its postmaster and abuse go to the first administrator. */
    public boolean add(String name) throws AdminException {
        var domain = Texts.domain(name);
        boolean added = newDomain.add(domain);
        if (!added && !domains.exists(domain)) {
            throw otherwise(domain);
        }
        return added;
    }

    /** Takes mail for a domain of others from anybody, to pass it on. False where it was there as such. */
    public boolean addRelayed(String name) throws AdminException {
        var domain = Texts.domain(name);
        boolean added = domains.add(domain, true);
        if (added) {
            audit.write("domain.add", domain.name(), "kind=relay");
        } else if (!domains.isRelayed(domain)) {
            throw otherwise(domain);
        }
        return added;
    }

    /** Of a name that is taken, but not by what was wished for. */
    private AdminException otherwise(MailDomain domain) {
        if (domains.target(domain).isPresent()) {
            return new AdminException(Kind.CONFLICT, domain + " is there already, as another name of a domain");
        }
        return new AdminException(
                Kind.CONFLICT,
                domains.isRelayed(domain)
                        ? domain + " is there already, as a relay domain"
                        : domain + " is there already, as a domain of ours");
    }

    /** Of a domain in which nobody of ours can be. */
    static AdminException missing(Domains domains, MailDomain domain) {
        return domains.isRelayed(domain)
                ? new AdminException(Kind.CONFLICT, domain + " is a relay domain: its mail is passed on")
                : new AdminException(Kind.NOT_FOUND, "There is no domain " + domain);
    }

    /** Gives a domain another name: whoever is there is also here. False where it has it. */
    public boolean addAlias(String name, String of) throws AdminException {
        var domain = Texts.domain(name);
        var target = Texts.domain(of);
        if (!domains.exists(target)) {
            throw missing(domains, target);
        }
        boolean added = domains.addAlias(domain, target);
        if (added) {
            audit.write("domain.alias", domain.name(), "of=" + target);
        } else if (!domains.target(domain).equals(Optional.of(target.name()))) {
            throw otherwise(domain);
        }
        return added;
    }

    /** @param target who gets what is for nobody, and can be reached; null or empty: it is refused */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public void catchAll(String name, @Nullable String target) throws AdminException {
        // Whoever may not change it does not hear who is there.
        scope.change(Texts.domain(name).name());
        if (target != null && !target.isBlank() && !directory.isReached(Texts.anyAddress(target))) {
            throw new AdminException(Kind.CONFLICT, "Mail for " + target.strip() + " does not arrive");
        }
        catchAllOfState(name, target);
    }

    /** As {@link #catchAll}, in a state, whose accounts are made after its domains: who can be reached is not looked at. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public void catchAllOfState(String name, @Nullable String target) throws AdminException {
        var domain = Texts.domain(name);
        scope.change(domain.name());
        if (!domains.exists(domain)) {
            throw missing(domains, domain);
        }
        var to = target == null || target.isBlank() ? null : Texts.anyAddress(target);
        var before = domains.catchAll(domain, to);
        audit.write(
                "domain.catch-all",
                domain.name(),
                before.map(was -> "before=" + was + " ").orElse("") + "after=" + (to == null ? "" : to));
    }

    /**
     * Gives a domain another name; who lives there lives on under it, with all mail.
     *
     * @param keepOld whether the old name stays as another name
     */
    public void rename(String name, String to, boolean keepOld) throws AdminException {
        var from = Texts.domain(name);
        var wanted = Texts.domain(to);
        if (!domains.exists(from)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + from);
        }
        if (!moves.rename(from, wanted, keepOld)) {
            throw new AdminException(Kind.CONFLICT, wanted + " is there already");
        }
        audit.write("domain.rename", from.name(), "after=" + wanted + (keepOld ? " and the old name" : ""));
    }

    public void remove(String name) throws AdminException {
        var domain = Texts.domain(name);
        if (domains.removeAlias(domain)) {
            audit.write("domain.alias-remove", domain.name(), "");
            return;
        }
        switch (domains.remove(domain)) {
            case REMOVED -> audit.write("domain.remove", domain.name(), "");
            case UNKNOWN -> throw new AdminException(Kind.NOT_FOUND, "There is no domain " + domain);
            case HAS_ACCOUNTS ->
                throw new AdminException(Kind.CONFLICT, "The domain " + domain + " still has accounts");
        }
    }
}
