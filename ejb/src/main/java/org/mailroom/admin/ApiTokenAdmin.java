package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Roles;

/** Tokens with which programs ask the REST API: everybody makes his own, administrators see to all of them. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class ApiTokenAdmin {
    private static final int LONGEST_TIME = 3650;
    private static final int MOST = 50;
    private static final int LONGEST_PAGE = 1000;

    @Inject
    private ApiTokens tokens;

    @Inject
    private Accounts accounts;

    @Inject
    private Domains domains;

    @Inject
    private Roles roles;

    @Inject
    private Scope scope;

    @Inject
    private TokenInUse used;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Page<ApiTokenInfo> all(int offset, int limit) {
        return new Page<>(tokens.of(null, Math.max(0, offset), Math.clamp(limit, 1, LONGEST_PAGE)), tokens.count());
    }

    /** The secret, which is shown this once and kept nowhere. @param owner in whose name the program will ask */
    public Created add(String owner, NewApiToken wish) throws AdminException {
        return make(Texts.address(owner), checked(wish));
    }

    public void remove(long id) throws AdminException {
        noted(tokens.remove(id, null).orElseThrow(ApiTokenAdmin::missing));
    }

    /** The caller's own; likewise below. */
    @RolesAllowed(Role.USER)
    public List<ApiTokenInfo> own() throws AdminException {
        return tokens.of(account(me()), 0, MOST);
    }

    /** For no more than he may in this session: who has yet to set up his second factor is a mere user in it. */
    @RolesAllowed(Role.USER)
    public Created addOwn(NewApiToken wish) throws AdminException {
        var checked = checked(wish);
        if (!scope.holds(checked.role())) {
            throw new AdminException(
                    Kind.FORBIDDEN, "As you are logged in you may not do that, so no token of yours may");
        }
        return make(me(), checked);
    }

    @RolesAllowed(Role.USER)
    public void removeOwn(long id) throws AdminException {
        noted(tokens.remove(id, me().toString()).orElseThrow(ApiTokenAdmin::missing));
    }

    private static AdminException missing() {
        return new AdminException(Kind.NOT_FOUND, "There is no such token");
    }

    private MailAddress me() throws AdminException {
        return Texts.address(scope.who());
    }

    private AccountId account(MailAddress address) throws AdminException {
        return accounts.holder(address)
                .filter(holder -> !holder.alias())
                .map(Accounts.Holder::account)
                .orElseThrow(() -> AccountAdmin.missing(address));
    }

    private Created make(MailAddress owner, NewApiToken typed) throws AdminException {
        var account = account(owner);
        var wish = reached(owner, typed);
        var there = tokens.of(account, 0, MOST);
        if (there.size() >= MOST || there.stream().anyMatch(one -> one.name().equals(wish.name()))) {
            throw new AdminException(Kind.CONFLICT, owner + " has one of that name already, or " + MOST);
        }
        var expires = Instant.now().plus(Duration.ofDays(wish.days()));
        var secret = tokens.add(account, wish, expires);
        audit.write(
                "token.add",
                owner.toString(),
                "name=" + wish.name() + " role=" + wish.role() + " domain=" + wish.domain() + " read-only="
                        + wish.readOnly() + " expires=" + expires);
        return new Created(wish.name(), true, secret);
    }

    private NewApiToken checked(NewApiToken wish) throws AdminException {
        if (!used.name().isEmpty()) {
            throw new AdminException(Kind.FORBIDDEN, "A token makes no tokens: log in as a person");
        }
        var name = Texts.displayName(wish.name());
        if (name.isEmpty() || wish.days() < 1 || wish.days() > LONGEST_TIME) {
            throw new AdminException(Kind.INVALID, "A token has a name, and holds for 1 to " + LONGEST_TIME + " days");
        }
        if (!wish.role().equals(Role.USER) && !Role.GRANTED.contains(wish.role())) {
            throw new AdminException(
                    Kind.INVALID, "A role is one of " + String.join(", ", Role.GRANTED) + ", " + Role.USER);
        }
        return new NewApiToken(name, wish.role(), wish.domain(), wish.readOnly(), wish.days());
    }

    private NewApiToken reached(MailAddress owner, NewApiToken wish) throws AdminException {
        var his = roles.now(owner.toString(), Role.USER);
        if (!ApiTokens.reaches(his, wish.role())) {
            throw new AdminException(Kind.FORBIDDEN, owner + " may not do that, so no token of his may");
        }
        boolean everywhere = his.contains(Role.ADMINISTRATOR);
        var domain = domain(owner, wish, everywhere);
        return new NewApiToken(wish.name(), wish.role(), domain, wish.readOnly(), wish.days());
    }

    private String domain(MailAddress owner, NewApiToken wish, boolean everywhere) throws AdminException {
        boolean ofDomains = wish.role().equals(Role.DOMAIN_ADMINISTRATOR);
        if (wish.domain().isBlank()) {
            if (ofDomains && everywhere) {
                throw new AdminException(Kind.INVALID, "Name the domain to which it is kept");
            }
            return "";
        }
        var domain = Texts.domain(wish.domain());
        if (!ofDomains) {
            throw new AdminException(Kind.INVALID, "Only a token of a domain administrator is kept to a domain");
        }
        if (!domains.exists(domain)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + domain);
        }
        if (!everywhere && !roles.domains(owner).contains(domain.name())) {
            throw new AdminException(Kind.FORBIDDEN, owner + " does not administer " + domain);
        }
        return domain.name();
    }

    private void noted(ApiTokenInfo removed) {
        audit.write(
                "token.remove",
                removed.owner(),
                "before=" + removed.name() + " role=" + removed.role() + " domain=" + removed.domain());
    }
}
