package org.mailroom.admin;

import static java.util.Objects.requireNonNullElse;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.ldap.BadSource;
import org.mailroom.ldap.Mapping;
import org.mailroom.ldap.Preset;
import org.mailroom.ldap.SourcePlan;
import org.mailroom.ldap.Sources;
import org.mailroom.ldap.Sync;
import org.mailroom.ldap.SyncRun;
import org.mailroom.ldap.Trials;

/** Directories of others in which accounts of our domains live. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class DirectoryAdmin {
    private static final int SYNC_MINUTES = 60;
    private static final int REMOVAL_LIMIT = 10;
    private static final int MOST_RUNS = 20;

    @Inject
    private Sources sources;

    @Inject
    private Trials trials;

    @Inject
    private Sync sync;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DirectoryInfo> all() {
        return sources.all().stream().map(this::info).toList();
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Optional<DirectoryInfo> find(String name) {
        return sources.find(name.strip().toLowerCase(Locale.ROOT)).map(this::info);
    }

    /** Adds one, or changes the one of this name. False where it was there. */
    public boolean put(DirectoryWish wish) throws AdminException {
        var name = wish.name().strip().toLowerCase(Locale.ROOT);
        var before = sources.find(name).orElse(null);
        var after = plan(name, wish, before);
        var foreign = sources.put(after);
        if (foreign.isPresent()) {
            throw new AdminException(
                    Kind.CONFLICT, foreign.get() + " is no domain of ours, or its accounts live in another directory");
        }
        audit.write(
                "directory.put",
                name,
                (before == null ? "" : "before=" + before + " ")
                        + "after=" + after
                        + (wish.password() == null ? "" : " password=changed"));
        return before == null;
    }

    private SourcePlan plan(String name, DirectoryWish wish, @Nullable SourcePlan before) throws AdminException {
        try {
            var bind = requireNonNullElse(wish.bind(), before == null ? "" : before.bindDn())
                    .strip();
            return new SourcePlan(
                            before == null ? 0 : before.id(),
                            name,
                            domains(requireNonNullElse(
                                    wish.domains(), before == null ? List.<String>of() : before.domains())),
                            requireNonNullElse(wish.servers(), before == null ? List.<String>of() : before.servers()),
                            requireNonNullElse(wish.startTls(), before == null || before.startTls()),
                            requireNonNullElse(wish.trust(), before == null ? "" : before.trust())
                                    .strip(),
                            bind,
                            password(name, wish, bind, before),
                            requireNonNullElse(wish.base(), before == null ? "" : before.baseDn())
                                    .strip(),
                            mapping(wish, before),
                            requireNonNullElse(wish.adopts(), before != null && before.adopts()),
                            requireNonNullElse(
                                    wish.syncMinutes(), before == null ? SYNC_MINUTES : before.syncMinutes()),
                            requireNonNullElse(
                                    wish.removalLimit(), before == null ? REMOVAL_LIMIT : before.removalLimit()),
                            requireNonNullElse(wish.enabled(), before == null || before.enabled()))
                    .checked();
        } catch (BadSource e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    /** The one that is kept proves nothing for another name, nor to other servers. */
    private String password(String name, DirectoryWish wish, String bind, @Nullable SourcePlan before)
            throws AdminException {
        var typed = wish.password();
        if (typed != null && !typed.isEmpty()) {
            return trials.seal(name, Texts.password(typed));
        }
        if (before == null || bind.isEmpty()) {
            return "";
        }
        boolean same = bind.equals(before.bindDn())
                && (wish.servers() == null || before.servers().containsAll(wish.servers()));
        if (!same) {
            throw new AdminException(
                    Kind.INVALID, "Say the password again: it is not passed to another server or under another name");
        }
        return before.sealedPassword();
    }

    private static Mapping mapping(DirectoryWish wish, @Nullable SourcePlan before) throws BadSource, AdminException {
        Mapping mapping;
        var whole = wish.mapping();
        var preset = wish.preset();
        if (whole != null && !whole.isBlank()) {
            mapping = Mapping.parse(whole);
        } else if (preset != null && !preset.isBlank()) {
            mapping = Mapping.parse(Preset.of(preset).mapping());
        } else {
            mapping = before == null ? Mapping.parse(Preset.OPENLDAP.mapping()) : before.mapping();
        }
        mapping = mapping.with(wish.lines());
        for (var role : mapping.roles().keySet()) {
            RoleAdmin.check(role);
        }
        return mapping;
    }

    private static List<String> domains(List<String> typed) throws AdminException {
        var domains = new ArrayList<String>();
        for (var domain : typed) {
            domains.add(Texts.domain(domain).name());
        }
        return domains;
    }

    /** Its accounts stay, and log in no more before they get a password here. */
    public void remove(String name) throws AdminException {
        var before = found(name);
        sources.remove(before.name());
        audit.write("directory.remove", before.name(), "before=" + before);
    }

    /** Tries it step by step. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // it waits for others
    public List<DirectoryStep> test(String name) throws AdminException {
        return trials.steps(found(name)).stream()
                .map(step -> new DirectoryStep(step.server(), step.what(), step.good(), step.text()))
                .toList();
    }

    /** Compares all of it with our accounts, and unless it is a dry run makes them as it says. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // it waits for others
    public DirectorySync sync(String name, boolean dryRun) throws AdminException {
        var plan = found(name);
        return sync.run(plan.name(), dryRun)
                .map(DirectoryAdmin::shown)
                .orElseThrow(() -> new AdminException(
                        Kind.CONFLICT,
                        plan.enabled()
                                ? "Another comparison is under way; try again in a minute"
                                : "The directory is switched off"));
    }

    /** The last comparisons, the newest first. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DirectorySync> syncs(String name) throws AdminException {
        return sources.runs(found(name).id(), MOST_RUNS).stream()
                .map(DirectoryAdmin::shown)
                .toList();
    }

    private SourcePlan found(String name) throws AdminException {
        return sources.find(name.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no directory " + name));
    }

    private DirectoryInfo info(SourcePlan plan) {
        var accounts = sources.accounts(plan.id());
        return new DirectoryInfo(
                plan.name(),
                plan.domains(),
                plan.servers(),
                plan.startTls(),
                !plan.trust().isEmpty(),
                plan.bindDn(),
                plan.baseDn(),
                plan.mapping().text(),
                plan.adopts(),
                plan.syncMinutes(),
                plan.removalLimit(),
                plan.enabled(),
                accounts[0],
                accounts[1],
                sources.runs(plan.id(), 1).stream()
                        .findFirst()
                        .map(DirectoryAdmin::shown)
                        .orElse(null));
    }

    private static DirectorySync shown(SyncRun run) {
        return new DirectorySync(
                run.began(),
                run.ended(),
                run.dryRun(),
                run.outcome(),
                run.appeared(),
                run.changed(),
                run.removed(),
                run.report());
    }
}
