package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.UsageLimits;
import org.mailroom.directory.UsageLimits.Allowance;
import org.mailroom.directory.UsageLimits.Listed;

/** What accounts, domains and tenants may use. A domain's administrator sets it for accounts, and sees what his domain may. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
public class LimitAdmin {
    /** Without a dot or an @, so that nobody takes it for a domain. */
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    @Inject
    private UsageLimits limits;

    @Inject
    private Domains domains;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    /** Tenants first, then domains, then accounts. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<LimitInfo> limits() {
        return limits.all().stream()
                .filter(one -> scope.sees(one.domain()))
                .map(LimitAdmin::info)
                .toList();
    }

    /** Has these limits hold and no others; without any, none does. True where some do now and none did. */
    public boolean put(LimitInfo wish) throws AdminException {
        var kind = kind(wish.of());
        var of = named(kind, wish.of());
        check(wish);
        var before = limits.find(kind, of);
        var allowance = new Allowance(wish.octets(), wish.messages(), wish.messageOctets(), wish.recipients());
        if (!limits.put(kind, of, allowance)) {
            throw new AdminException(
                    Kind.NOT_FOUND, "There is no " + kind.name().toLowerCase(Locale.ROOT) + " " + of);
        }
        audit.write("limit.put", of, "before=" + before.map(LimitAdmin::text).orElse("") + " after=" + text(allowance));
        return before.isEmpty() && !allowance.isEmpty();
    }

    private static void check(LimitInfo wish) throws AdminException {
        for (var figure : new Number[] {wish.octets(), wish.messages(), wish.messageOctets(), wish.recipients()}) {
            if (figure != null && figure.longValue() < 1) {
                throw new AdminException(Kind.INVALID, "A limit is a number above 0, or nothing for no limit");
            }
        }
    }

    private static UsageLimits.Kind kind(String of) {
        return of.contains("@")
                ? UsageLimits.Kind.ACCOUNT
                : of.contains(".") ? UsageLimits.Kind.DOMAIN : UsageLimits.Kind.TENANT;
    }

    /** The name as it is kept, of somebody whose limits the caller may change. */
    private String named(UsageLimits.Kind kind, String text) throws AdminException {
        return switch (kind) {
            case ACCOUNT -> {
                var address = Texts.address(text);
                scope.changeAccount(address);
                yield address.toString();
            }
            case DOMAIN -> {
                var domain = Texts.domain(text);
                everywhere();
                yield domain.name();
            }
            case TENANT -> {
                everywhere();
                yield tenant(text);
            }
        };
    }

    /** Who is limited does not lift his own limits. */
    private void everywhere() throws AdminException {
        if (scope.changed() != null) {
            throw new AdminException(Kind.FORBIDDEN, "Only an administrator of the server limits domains and tenants");
        }
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<TenantInfo> tenants() {
        return limits.tenants().stream()
                .map(one -> new TenantInfo(one.name(), one.domains()))
                .toList();
    }

    /** Makes a tenant of these domains, or gives it these from now on. True where there was none. */
    @RolesAllowed(Role.ADMINISTRATOR)
    public boolean putTenant(TenantInfo wish) throws AdminException {
        var name = tenant(wish.name());
        var wanted = new ArrayList<MailDomain>();
        for (var text : wish.domains()) {
            var domain = Texts.domain(text);
            if (!domains.exists(domain)) {
                throw DomainAdmin.missing(domains, domain);
            }
            wanted.add(domain);
        }
        var before = before(name);
        limits.putTenant(name, wanted);
        audit.write("tenant.put", name, "before=" + before.orElse("") + " after=" + wanted);
        return before.isEmpty();
    }

    /** Its domains stay. */
    @RolesAllowed(Role.ADMINISTRATOR)
    public void removeTenant(String name) throws AdminException {
        var before = before(name);
        if (!limits.removeTenant(name)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no tenant " + name);
        }
        audit.write("tenant.remove", name, "before=" + before.orElse(""));
    }

    private Optional<String> before(String name) {
        return limits.tenants().stream()
                .filter(one -> one.name().equals(name))
                .map(one -> one.domains().toString())
                .findFirst();
    }

    private static String tenant(String text) throws AdminException {
        var name = text.strip().toLowerCase(Locale.ROOT);
        if (!TENANT.matcher(name).matches()) {
            throw new AdminException(Kind.INVALID, "A tenant's name has letters, digits and hyphens, 40 at most");
        }
        return name;
    }

    private static String text(Listed one) {
        return text(one.allowance());
    }

    private static String text(Allowance allowance) {
        return "octets:" + allowance.octets() + ",messages:" + allowance.messages() + ",message-octets:"
                + allowance.messageOctets() + ",recipients:" + allowance.recipients();
    }

    private static LimitInfo info(Listed one) {
        return new LimitInfo(
                one.of(),
                one.allowance().octets(),
                one.allowance().messages(),
                one.allowance().messageOctets(),
                one.allowance().recipients(),
                one.usedOctets(),
                one.usedMessages(),
                one.percent());
    }
}
