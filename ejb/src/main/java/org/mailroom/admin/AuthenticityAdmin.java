package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.authenticity.AuthenticitySettings;
import org.mailroom.authenticity.DmarcCounts;
import org.mailroom.authenticity.DmarcRow;
import org.mailroom.authenticity.DomainHandling;
import org.mailroom.authenticity.DomainHandling.Wish;
import org.mailroom.authenticity.Handling;
import org.mailroom.config.Settings;
import org.mailroom.directory.Domains;

/** How strict our domains are with mail that does not come from whom it says. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class AuthenticityAdmin {
    private static final int MOST_COUNTS = 1000;
    private static final Wish NONE = new Wish(null, null);

    @Inject
    private DomainHandling domains;

    @Inject
    private DmarcCounts counts;

    @Inject
    private Domains known;

    @Inject
    private Audit audit;

    private Wish site = NONE;

    @PostConstruct
    void configure() {
        var settings = AuthenticitySettings.of(Settings.current());
        site = new Wish(settings.spf(), settings.dmarc());
    }

    /**
     * What DMARC came to, the newest days first.
     *
     * @param domain of From or of the record's owner; empty: all
     * @param days how far back, today included
     */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DmarcCountInfo> counts(String domain, int days) {
        var since = LocalDate.now(ZoneOffset.UTC).minusDays(Math.clamp(days, 1, 1000) - 1L);
        return counts.list(domain.strip().toLowerCase(Locale.ROOT), since, MOST_COUNTS).stream()
                .map(AuthenticityAdmin::info)
                .toList();
    }

    private static DmarcCountInfo info(DmarcRow row) {
        return new DmarcCountInfo(
                row.day().toString(),
                row.domain(),
                row.owner(),
                row.source(),
                row.disposition(),
                row.override(),
                ((row.dkimAligned() ? "dkim" : "") + (row.spfAligned() ? " spf" : "")).strip(),
                row.dkim().replace("\n", ", "),
                row.spf(),
                row.messages());
    }

    /** What the configuration says for domains that say nothing. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public AuthenticityInfo site() {
        return info("", site);
    }

    /** Those that somebody set. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<AuthenticityInfo> policies() {
        return domains.all().entrySet().stream()
                .map(entry -> info(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What is set for the domain alone. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public AuthenticityInfo own(String domain) throws AdminException {
        var name = known(domain);
        return info(name, domains.all().getOrDefault(name, NONE));
    }

    /** What holds for the domain, wherever it is set. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public AuthenticityInfo holding(String domain) throws AdminException {
        var own = own(domain);
        var all = site();
        return new AuthenticityInfo(
                own.domain(),
                own.spf() == null ? all.spf() : own.spf(),
                own.dmarc() == null ? all.dmarc() : own.dmarc());
    }

    /** Sets both; what is null goes by the configuration again. */
    public void put(AuthenticityInfo wanted) throws AdminException {
        var before = own(wanted.domain());
        var wish = new Wish(handling(wanted.spf()), handling(wanted.dmarc()));
        var after = info(before.domain(), wish);
        if (!after.equals(before)) {
            domains.put(after.domain(), wish);
            audit.write("authenticity.put", after.domain(), "before=" + text(before) + " after=" + text(after));
        }
    }

    public void remove(String domain) throws AdminException {
        put(new AuthenticityInfo(domain, null, null));
    }

    private static @Nullable Handling handling(@Nullable String typed) throws AdminException {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return Handling.valueOf(typed.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new AdminException(Kind.INVALID, "What is done is off, report, junk or refuse");
        }
    }

    private static AuthenticityInfo info(String domain, Wish wish) {
        return new AuthenticityInfo(domain, word(wish.spf()), word(wish.dmarc()));
    }

    private static @Nullable String word(@Nullable Handling handling) {
        return handling == null ? null : handling.name().toLowerCase(Locale.ROOT);
    }

    private static String text(AuthenticityInfo info) {
        return "spf:" + info.spf() + ",dmarc:" + info.dmarc();
    }

    private String known(String domain) throws AdminException {
        var name = Texts.domain(domain.strip());
        if (!known.exists(name)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + name.name());
        }
        return name.name();
    }
}
