package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Roles;

/**
 * Tokens as they are kept, in the caller's transaction. One has 128 bits, which nobody guesses, so a digest is enough to keep;
 * its first letters tell people and scanners of secrets what it is.
 */
@Dependent
public class ApiTokens {
    static final String PREFIX = "mrt_";

    private static final String READABLE = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String ALL =
            "SELECT t, a.localPart, h.name, d.name FROM ApiToken t JOIN Account a ON a.id = t.account JOIN a.domain h"
                    + " LEFT JOIN Domain d ON d.id = t.domain";

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Roles roles;

    /** Those of all, or of one, oldest first. */
    List<ApiTokenInfo> of(@Nullable AccountId account, int offset, int limit) {
        var query = entities.createQuery(
                ALL + (account == null ? "" : " WHERE t.account = :account") + " ORDER BY t.id", Object[].class);
        if (account != null) {
            query.setParameter("account", account.value());
        }
        return query.setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(ApiTokens::info)
                .toList();
    }

    private static ApiTokenInfo info(Object[] row) {
        return ((ApiToken) row[0]).info(owner(row), row[3] == null ? "" : row[3].toString());
    }

    private static String owner(Object[] row) {
        return new MailAddress(row[1].toString(), row[2].toString()).toString();
    }

    long count() {
        return entities.createQuery("SELECT count(t) FROM ApiToken t", Long.class)
                .getSingleResult();
    }

    /** Makes one; the answer is the only place where it can be read. */
    String add(AccountId account, NewApiToken wish, Instant expires) {
        var secret = PREFIX
                + RANDOM.ints(LENGTH, 0, READABLE.length())
                        .collect(
                                StringBuilder::new,
                                (text, i) -> text.append(READABLE.charAt(i)),
                                StringBuilder::append);
        entities.persist(new ApiToken(account, wish, digest(secret), domain(wish.domain()), expires));
        entities.flush();
        return secret;
    }

    private @Nullable Long domain(String name) {
        return name.isEmpty()
                ? null
                : entities.createQuery("SELECT d.id FROM Domain d WHERE d.name = :name", Long.class)
                        .setParameter("name", name)
                        .getSingleResult();
    }

    /** The token that was there. @param owner whose it must be; null: anybody's */
    Optional<ApiTokenInfo> remove(long id, @Nullable String owner) {
        var found = entities.createQuery(ALL + " WHERE t.id = :id", Object[].class)
                .setParameter("id", id)
                .getResultStream()
                .filter(row -> owner == null || owner.equals(owner(row)))
                .findFirst();
        found.ifPresent(row -> entities.remove(row[0]));
        return found.map(ApiTokens::info);
    }

    /** Whoever shows the secret; empty where it is none, or nothing that the owner may still do. */
    Optional<ApiTokenUse> use(String secret, String client) {
        if (!secret.startsWith(PREFIX) || secret.length() != PREFIX.length() + LENGTH) {
            return Optional.empty();
        }
        return entities.createQuery(ALL + " WHERE t.digest = :digest AND a.enabled = true", Object[].class)
                .setParameter("digest", digest(secret))
                .getResultStream()
                .filter(row -> ((ApiToken) row[0]).holds())
                .findFirst()
                .flatMap(row -> use((ApiToken) row[0], owner(row), row[3] == null ? "" : row[3].toString(), client));
    }

    private Optional<ApiTokenUse> use(ApiToken token, String owner, String domain, String client) {
        var his = roles.now(owner, Role.USER);
        if (!reaches(his, token.role())) {
            return Optional.empty();
        }
        token.used(client);
        var domains = token.role().equals(Role.DOMAIN_ADMINISTRATOR) ? domains(owner, his, domain) : null;
        return Optional.of(new ApiTokenUse(owner, token.name(), token.role(), token.readOnly(), domains));
    }

    /** Whether somebody who has these roles may have a token for another one. */
    static boolean reaches(Set<String> his, String role) {
        return his.contains(role) || his.contains(Role.ADMINISTRATOR);
    }

    /** What the token reaches: no more than its domain, with its other names, and no more than the owner does. */
    private Set<String> domains(String owner, Set<String> his, String domain) {
        var reached = new HashSet<>(named(domain));
        if (!his.contains(Role.ADMINISTRATOR)) {
            var administered = roles.domains(Texts.known(owner));
            if (domain.isEmpty()) {
                return administered;
            }
            reached.retainAll(administered);
        }
        return reached;
    }

    private List<String> named(String domain) {
        var names = new ArrayList<>(
                entities.createQuery("SELECT o.name FROM AliasDomain o WHERE o.domain.name = :name", String.class)
                        .setParameter("name", domain)
                        .getResultList());
        names.add(domain);
        return names;
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
