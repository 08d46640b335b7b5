package org.mailroom.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives accounts and domains another name. Mail hangs on numbers and stays where it is; aliases, forwards, groups, rewrites and
 * catch-alls that name the old address name the new one afterwards. Happens in the caller's transaction.
 */
@ApplicationScoped
public class Moves {
    /** Tables in which an address leads to another, and whose it is: there an address stands once. */
    private static final List<String> TARGETS = List.of(
            "alias_target alias_id", "forward_target account_id", "group_member group_id", "group_moderator group_id");

    /** Columns that hold one address. */
    private static final List<String> NAMES = List.of(
            "catch_all target",
            "address_rewrite target",
            "mail_group owner",
            "policy_list owner",
            "quarantined_message moderated");

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    /**
     * @param keepOld whether the old address stays as an alias
     * @return false where there is no such account or domain, or the new address is taken by another
     */
    public boolean move(MailAddress from, MailAddress to, boolean keepOld) {
        // In one order, so that two moves do not wait for each other.
        Stream.of(from.domain(), to.domain()).distinct().sorted().forEach(name -> Names.lock(entities, name));
        var home = Names.lock(entities, to.domain());
        var account = account(from);
        if (home == null || account.isEmpty()) {
            return false;
        }
        alias(to).filter(alias -> account.getFirst().equals(alias.account())).forEach(entities::remove);
        entities.flush();
        if (Names.isTaken(entities, to)) {
            return false;
        }
        var old = account.getFirst().move(home, to.key());
        entities.flush();
        if (keepOld) {
            entities.persist(new Alias(old, from.key(), account.getFirst()));
        }
        rewrite("address = ?1", "?2", from.toString(), to.toString());
        done();
        return true;
    }

    /**
     * @param keepOld whether the old name stays as another name of the domain
     * @return false where there is no such domain, or the new name is taken
     */
    public boolean rename(MailDomain from, MailDomain to, boolean keepOld) {
        var domain = Names.lock(entities, from.name());
        boolean taken = Stream.of("Domain", "AliasDomain")
                .anyMatch(table ->
                        entities.createQuery("SELECT COUNT(d) FROM " + table + " d WHERE d.name = :name", Long.class)
                                        .setParameter("name", to.name())
                                        .getSingleResult()
                                > 0);
        if (domain == null || taken) {
            return false;
        }
        domain.rename(to);
        entities.flush();
        if (keepOld) {
            entities.persist(new AliasDomain(from, domain, Instant.now()));
        }
        rewrite(
                "right(address, length(?1)) = ?1",
                "left(address, length(address) - length(?1)) || ?2",
                "@" + from.name(),
                "@" + to.name());
        done();
        return true;
    }

    private void rewrite(String which, String becomes, String from, String to) {
        for (var target : TARGETS) {
            var words = target.split(" ");
            // Where both stood, the new one stays.
            update(
                    "DELETE FROM %1$s t WHERE %2$s AND EXISTS (SELECT FROM %1$s o WHERE o.%3$s = t.%3$s AND o.address = %4$s)"
                            .formatted(
                                    words[0],
                                    which.replace("address", "t.address"),
                                    words[1],
                                    becomes.replace("address", "t.address")),
                    from,
                    to);
            update("UPDATE %s SET address = %s WHERE %s".formatted(words[0], becomes, which), from, to);
        }
        for (var name : NAMES) {
            var words = name.split(" ");
            update(
                    "UPDATE %s SET %s = %s WHERE %s"
                            .formatted(
                                    words[0],
                                    words[1],
                                    becomes.replace("address", words[1]),
                                    which.replace("address", words[1])),
                    from,
                    to);
        }
    }

    private void update(String sql, String from, String to) {
        var query = entities.createNativeQuery(sql).setParameter(1, from);
        if (sql.contains("?2")) {
            query.setParameter(2, to);
        }
        query.executeUpdate();
    }

    private void done() {
        entities.flush();
        changed.fire(new DirectoryChanged());
    }

    private List<Account> account(MailAddress address) {
        return entities.createQuery(
                        "SELECT a FROM Account a WHERE a.localPart = :localPart AND a.domain.name = :domain",
                        Account.class)
                .setParameter("localPart", address.key())
                .setParameter("domain", address.domain())
                .getResultList();
    }

    private Stream<Alias> alias(MailAddress address) {
        return entities.createQuery(
                        "SELECT a FROM Alias a WHERE a.localPart = :localPart AND a.domain.name = :domain", Alias.class)
                .setParameter("localPart", address.key())
                .setParameter("domain", address.domain())
                .getResultStream();
    }
}
