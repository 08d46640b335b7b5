package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.authenticity.Algorithm;
import org.mailroom.authenticity.AuthenticitySettings;
import org.mailroom.authenticity.DkimKey;
import org.mailroom.authenticity.DkimKey.State;
import org.mailroom.authenticity.DkimKeys;
import org.mailroom.authenticity.DkimRotation;
import org.mailroom.config.Settings;
import org.mailroom.directory.Domains;

/** The keys with which mail of our domains is signed. What DNS has to say is asked outside of any transaction. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class DkimAdmin {
    private static final int MOST = 20;

    @Inject
    private DkimKeys keys;

    @Inject
    private Domains domains;

    @Inject
    private Audit audit;

    @Inject
    private DkimRotation rotation;

    @Inject
    private DkimAdmin self;

    private Duration overlap = Duration.ofDays(7);

    @PostConstruct
    void configure() {
        overlap = AuthenticitySettings.of(Settings.current()).overlap();
    }

    /** All, by domain, the newest first. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DkimKeyInfo> keys() {
        return keys.all().stream().map(key -> info(key, null)).toList();
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DkimKeyInfo> keys(String domain) throws AdminException {
        return keys.of(known(domain)).stream().map(key -> info(key, null)).toList();
    }

    /** One, and whether DNS has its record. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DkimKeyInfo look(String domain, String selector) throws AdminException {
        var key = find(domain, selector);
        return info(key, rotation.seen(key).name().toLowerCase(Locale.ROOT));
    }

    private DkimKeyInfo info(DkimKey key, @Nullable String seen) {
        return new DkimKeyInfo(
                key.domain(),
                key.selector(),
                key.algorithm().kind(),
                key.state().name().toLowerCase(Locale.ROOT),
                key.created(),
                key.since(),
                key.state() == State.RETIRED ? key.since().plus(overlap) : null,
                key.name(),
                key.record(),
                key.zoneLine(),
                seen);
    }

    /**
     * New keys, which sign, and take the place of those before them, once DNS has their records.
     *
     * @param algorithm {@code rsa} or {@code ed25519}; null: those in use, or both where there are none
     */
    public List<DkimKeyInfo> add(String domain, @Nullable String algorithm) throws AdminException {
        var name = known(domain);
        var before = keys.of(name);
        if (before.size() >= MOST) {
            throw new AdminException(
                    Kind.CONFLICT, name + " has " + MOST + " keys already; remove some that are retired");
        }
        for (var wanted : wanted(algorithm, before)) {
            if (before.stream().anyMatch(key -> key.algorithm() == wanted && key.state() == State.NEW)) {
                throw new AdminException(
                        Kind.CONFLICT,
                        name + " has a new " + wanted.kind() + " key already, which waits for its record in DNS");
            }
            var selector = keys.create(name, wanted);
            audit.write("dkim.add", name, "selector=" + selector + " algorithm=" + wanted.kind());
        }
        return keys.of(name).stream()
                .filter(key -> before.stream().noneMatch(old -> old.selector().equals(key.selector())))
                .map(key -> info(key, null))
                .toList();
    }

    private static List<Algorithm> wanted(@Nullable String algorithm, List<DkimKey> before) throws AdminException {
        if (algorithm != null && !algorithm.isBlank()) {
            return List.of(Algorithm.ofKind(algorithm.strip().toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new AdminException(Kind.INVALID, "An algorithm is rsa or ed25519")));
        }
        var inUse = before.stream()
                .filter(key -> key.state() == State.ACTIVE)
                .map(DkimKey::algorithm)
                .distinct()
                .sorted()
                .toList();
        return inUse.isEmpty() ? List.of(Algorithm.values()) : inUse;
    }

    /**
     * The key signs from now on; that of its algorithm which did so far retires.
     *
     * @param unseen even if its record cannot be seen in DNS from here
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void activate(String domain, String selector, boolean unseen) throws AdminException {
        var key = find(domain, selector);
        if (key.state() == State.ACTIVE) {
            return;
        }
        var problem = switch (unseen ? DkimRotation.Seen.YES : rotation.seen(key)) {
            case YES -> "";
            case NO -> "There is no record at " + key.name() + " yet, so nobody could verify what it signs";
            case WRONG -> "The record at " + key.name() + " is not that of the key";
            case UNKNOWN -> "The name servers give no answer for " + key.name();
        };
        if (!problem.isEmpty()) {
            throw new AdminException(Kind.CONFLICT, problem);
        }
        self.activated(key, unseen);
    }

    /** The part of {@link #activate} that writes. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void activated(DkimKey key, boolean unseen) {
        keys.activate(key);
        audit.write("dkim.activate", key.domain(), "selector=" + key.selector() + (unseen ? " unseen" : ""));
    }

    /** The key signs no more; without another, mail of the domain then leaves unsigned. */
    public void retire(String domain, String selector) throws AdminException {
        var key = find(domain, selector);
        if (key.state() != State.RETIRED) {
            keys.retire(key);
            audit.write("dkim.retire", key.domain(), "selector=" + key.selector());
        }
    }

    /**
     * Forgets a key that does not sign.
     *
     * @param early even if what it signed may still be on its way
     */
    public void remove(String domain, String selector, boolean early) throws AdminException {
        var key = find(domain, selector);
        if (key.state() == State.ACTIVE) {
            throw new AdminException(Kind.CONFLICT, key.name() + " signs; activate another, or retire it first");
        }
        var until = key.since().plus(overlap);
        if (key.state() == State.RETIRED && !early && Instant.now().isBefore(until)) {
            throw new AdminException(
                    Kind.CONFLICT,
                    "What " + key.name() + " signed may still be on its way: its record stays until " + until);
        }
        keys.remove(key);
        audit.write("dkim.remove", key.domain(), "selector=" + key.selector() + " state=" + key.state());
    }

    private DkimKey find(String domain, String selector) throws AdminException {
        var name = known(domain);
        return keys.find(name, selector.strip())
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, name + " has no such key"));
    }

    private String known(String domain) throws AdminException {
        var name = Texts.domain(domain.strip());
        if (!domains.exists(name)) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + name.name());
        }
        return name.name();
    }
}
