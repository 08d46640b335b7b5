package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.maildrop.Expire;
import org.mailroom.maildrop.PopPolicies;
import org.mailroom.maildrop.PopPolicy;
import org.mailroom.maildrop.PopPolicy.Show;
import org.mailroom.maildrop.PopPolicy.Wish;

/** What POP3 leaves on the server, for how long and for whom. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class PopPolicyAdmin {
    @Inject
    private PopPolicies policies;

    @Inject
    private Audit audit;

    /** Of whom a policy is: a domain's has no local part. */
    private record Owner(String localPart, String domain) {
        static Owner of(String text) throws AdminException {
            if (text.contains("@")) {
                var address = Texts.address(text.strip());
                return new Owner(address.key(), address.domain());
            }
            return new Owner("", Texts.domain(text.strip()).name());
        }

        @Override
        public String toString() {
            return localPart.isEmpty() ? domain : localPart + "@" + domain;
        }
    }

    /** Those that somebody set, domains first. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<PopPolicyInfo> policies() {
        return policies.all().stream().map(set -> info(set.of(), set.wish())).toList();
    }

    /** What the configuration says for those who have none. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public PopPolicyInfo site() {
        return info("", policies.site());
    }

    /** What holds for a domain or an address, wherever it is set. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public PopPolicyInfo holding(String of) throws AdminException {
        var owner = Owner.of(of);
        known(owner);
        return info(owner.toString(), policies.holding(owner.localPart, owner.domain));
    }

    /** What is set for it alone. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public PopPolicyInfo own(String of) throws AdminException {
        var owner = Owner.of(of);
        return info(owner.toString(), known(owner));
    }

    /** Sets all of a domain's or an account's policy; what is null goes by the next wider one, and all null by that alone. */
    public void put(PopPolicyInfo wanted) throws AdminException {
        var owner = Owner.of(wanted.of());
        var before = known(owner);
        var wish = new Wish(expire(wanted.expire()), show(wanted.show()), wanted.markSeen());
        if (!wish.equals(before)) {
            policies.put(owner.localPart, owner.domain, wish);
            audit.write("pop-policy.put", owner.toString(), "before=" + text(before) + " after=" + text(wish));
        }
    }

    public void remove(String of) throws AdminException {
        put(new PopPolicyInfo(of, null, null, null));
    }

    private Wish known(Owner owner) throws AdminException {
        return policies.find(owner.localPart, owner.domain)
                .orElseThrow(() -> new AdminException(
                        Kind.NOT_FOUND, "There is no " + (owner.localPart.isEmpty() ? "domain " : "account ") + owner));
    }

    private static @Nullable Expire expire(@Nullable String text) throws AdminException {
        if (text == null || text.isBlank()) {
            return null;
        }
        return Expire.parse(text.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new AdminException(
                        Kind.INVALID,
                        "A message expires never, on-fetch, 14-days-after-fetch or 90-days (or other days)"));
    }

    private static @Nullable Show show(@Nullable String text) throws AdminException {
        if (text == null || text.isBlank()) {
            return null;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "all" -> Show.ALL;
            case "unseen" -> Show.UNSEEN;
            default -> throw new AdminException(Kind.INVALID, "POP3 shows all or unseen");
        };
    }

    private static PopPolicyInfo info(String of, PopPolicy policy) {
        return info(of, new Wish(policy.expire(), policy.show(), policy.markSeen()));
    }

    private static PopPolicyInfo info(String of, Wish wish) {
        return new PopPolicyInfo(
                of,
                wish.expire() == null ? null : wish.expire().toString(),
                wish.show() == null ? null : wish.show().name().toLowerCase(Locale.ROOT),
                wish.markSeen());
    }

    private static String text(Wish wish) {
        var info = info("", wish);
        return "expire:" + info.expire() + ",show:" + info.show() + ",mark-seen:" + info.markSeen();
    }
}
