package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Rewrites;
import org.mailroom.directory.Rewrites.Listed;

/** Where mail for addresses goes that nobody has, by their form. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
public class RewriteAdmin {
    private static final int HIGHEST_RANK = 1_000_000;

    @Inject
    private Rewrites rewrites;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    /** By domain, in the order in which they are tried. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<RewriteInfo> rewrites() {
        return rewrites.all().stream()
                .filter(one -> scope.sees(one.domain()))
                .map(one -> new RewriteInfo(one.domain(), one.pattern(), one.regular(), one.target(), one.rank()))
                .toList();
    }

    /** Adds one, or has it lead elsewhere. True where there was none of this pattern. */
    public boolean put(RewriteInfo wish) throws AdminException {
        var domain = Texts.domain(wish.domain());
        scope.change(domain.name());
        var before = rewrites.find(domain, wish.pattern());
        var listed = listed(domain, wish, before);
        if (before.isEmpty() && count(domain) >= Rewrites.MOST) {
            throw new AdminException(Kind.CONFLICT, "A domain has at most " + Rewrites.MOST + " rewrites");
        }
        if (!rewrites.put(listed)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + domain);
        }
        audit.write(
                "rewrite.put",
                domain.name(),
                before.map(was -> "before=" + text(was) + " ").orElse("") + "after=" + text(listed));
        return before.isEmpty();
    }

    private Listed listed(MailDomain domain, RewriteInfo wish, Optional<Listed> before) throws AdminException {
        var wanted = wish.rank();
        int rank = wanted != null ? wanted : before.map(Listed::rank).orElseGet(() -> rewrites.next(domain));
        if (rank < 0 || rank > HIGHEST_RANK) {
            throw new AdminException(Kind.INVALID, "A rank is a number from 0 to " + HIGHEST_RANK);
        }
        var listed = new Listed(
                domain.name(),
                wish.pattern().strip(),
                wish.regular(),
                wish.target().strip(),
                rank);
        try {
            Rewrites.tried(listed, "");
            return listed;
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    private long count(MailDomain domain) {
        return rewrites.all().stream()
                .filter(one -> one.domain().equals(domain.name()))
                .count();
    }

    public void remove(String domain, String pattern) throws AdminException {
        var parsed = Texts.domain(domain);
        scope.change(parsed.name());
        var before = rewrites.find(parsed, pattern)
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, parsed + " has no rewrite " + pattern));
        rewrites.remove(parsed, pattern);
        audit.write("rewrite.remove", parsed.name(), "before=" + text(before));
    }

    private static String text(Listed one) {
        return one.pattern() + (one.regular() ? " (regular)" : "") + " to " + one.target() + " rank=" + one.rank();
    }
}
