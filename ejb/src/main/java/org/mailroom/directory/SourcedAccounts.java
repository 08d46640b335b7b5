package org.mailroom.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/**
 * Accounts that live in somebody else's directory: what it says of them is kept here, so that mail asks our tables only. Changes
 * happen in the caller's transaction. What people here made is theirs: an alias, a role or a disabled account of theirs stays.
 */
@ApplicationScoped
public class SourcedAccounts {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    /**
     * Somebody as a directory describes him.
     *
     * @param entry what stays the same when he is renamed
     * @param addresses his own first; all in domains of ours, each in the form in which it is kept
     * @param quotaOctets null: the directory does not say
     * @param roles those for a domain as {@code role@domain}; null: nobody asked
     */
    public record Person(
            String entry,
            String dn,
            List<MailAddress> addresses,
            String displayName,
            @Nullable Long quotaOctets,
            boolean disabled,
            @Nullable Set<String> roles) {
        public Person {
            addresses = List.copyOf(addresses);
            roles = roles == null ? null : Set.copyOf(roles);
        }

        /** To compare, and nothing else. */
        String facts() {
            return String.join(
                    "\n",
                    dn,
                    addresses.toString(),
                    displayName,
                    String.valueOf(quotaOctets),
                    String.valueOf(disabled),
                    roles == null ? "" : new TreeSet<>(roles).toString());
        }

        public Person with(Set<String> newRoles) {
            return new Person(entry, dn, addresses, displayName, quotaOctets, disabled, newRoles);
        }
    }

    /**
     * Who lives there, as we know him.
     *
     * @param state {@code active}, {@code disabled} or {@code gone}
     */
    public record Known(AccountId account, String entry, String dn, String address, String state, String facts) {
        /** Whether nothing is new. */
        public boolean isAs(Person person) {
            return facts.equals(person.facts());
        }
    }

    /**
     * What became of somebody.
     *
     * @param account null where he has none
     * @param address under which he is kept
     * @param changes what is new, a few words each; empty: nothing
     * @param problems what could not be done
     */
    public record Kept(
            @Nullable AccountId account,
            String address,
            boolean appeared,
            List<String> changes,
            List<String> problems) {
        public Kept {
            changes = List.copyOf(changes);
            problems = List.copyOf(problems);
        }
    }

    /** All who live in a directory. */
    public List<Known> all(long source) {
        return rows(entities.createNativeQuery(KNOWN + " WHERE s.source_id = ?1 ORDER BY s.account_id")
                .setParameter(1, source));
    }

    private static final String KNOWN = """
            SELECT s.account_id, s.entry, s.dn, a.local_part, d.name, s.state, s.facts
              FROM account_source s JOIN account a ON a.id = s.account_id JOIN domain d ON d.id = a.domain_id""";

    /** Whoever has the entry there. */
    public Optional<Known> find(long source, String entry) {
        return rows(entities.createNativeQuery(KNOWN + " WHERE s.source_id = ?1 AND s.entry = ?2")
                        .setParameter(1, source)
                        .setParameter(2, entry))
                .stream()
                .findFirst();
    }

    private static List<Known> rows(Query query) {
        var known = new ArrayList<Known>();
        for (var row : query.getResultList()) {
            var columns = (Object[]) row;
            known.add(new Known(
                    new AccountId(((Number) columns[0]).longValue()),
                    (String) columns[1],
                    (String) columns[2],
                    new MailAddress((String) columns[3], (String) columns[4]).toString(),
                    (String) columns[5],
                    (String) columns[6]));
        }
        return known;
    }

    /**
     * Makes the account as the directory says; the account of somebody new is made, its mailboxes are not.
     *
     * @param adopts whether a local account of the same address becomes his
     */
    public Kept keep(long source, Person person, boolean adopts) {
        var own = person.addresses().getFirst();
        var known = find(source, person.entry()).orElse(null);
        var changes = new ArrayList<String>();
        var problems = new ArrayList<String>();
        boolean appeared = false;
        if (known == null) {
            var found = settle(source, person, own, adopts);
            if (found.problem != null) {
                return new Kept(null, own.toString(), false, List.of(), List.of(found.problem));
            }
            appeared = found.fresh;
            changes.add(found.fresh ? "appeared" : "adopted");
            known = find(source, person.entry()).orElseThrow();
        }
        long account = known.account().value();
        describe(account, person, known, changes);
        addresses(source, account, known.address(), person, changes, problems);
        if (person.roles() != null) {
            roles(source, account, person.roles(), changes, problems);
        }
        state(account, person.disabled() ? "disabled" : "active", known.state(), changes);
        update(
                "UPDATE account_source SET dn = ?2, facts = ?3, seen = ?4 WHERE account_id = ?1",
                account,
                person.dn(),
                problems.isEmpty() ? person.facts() : "",
                Timestamp.from(Instant.now()));
        done(!changes.isEmpty());
        return new Kept(known.account(), known.address(), appeared, changes, problems);
    }

    private record Settled(boolean fresh, @Nullable String problem) {}

    private Settled settle(long source, Person person, MailAddress own, boolean adopts) {
        var domain = Names.lock(entities, own.domain());
        if (domain == null) {
            return new Settled(false, "the domain " + own.domain() + " is not ours");
        }
        var there = entities.createQuery(
                        "SELECT a FROM Account a WHERE a.localPart = :localPart AND a.domain.name = :domain",
                        Account.class)
                .setParameter("localPart", own.key())
                .setParameter("domain", own.domain())
                .getResultStream()
                .findFirst();
        if (there.isPresent()) {
            if (!adopts || !there.get().isPerson()) {
                return new Settled(false, "the address belongs to another account");
            }
            long id = there.get().id().value();
            // What proved his password here proves nothing any more.
            update(
                    "UPDATE account SET verifier = NULL, scram_salt = NULL, scram_iterations = NULL,"
                            + " scram_stored_key = NULL, scram_server_key = NULL WHERE id = ?1",
                    id);
            // Disabled because a directory said so: the one who is there now decides again.
            if (isDisabledElsewhere(id)) {
                enable(id, true);
            }
            update("DELETE FROM account_source WHERE account_id = ?1", id);
            register(id, source, person);
            return new Settled(false, null);
        }
        if (Names.isTaken(entities, own)) {
            return new Settled(false, "the address is an alias or a group here");
        }
        var account = new Account(domain, own.key(), person.displayName(), Instant.now());
        entities.persist(account);
        entities.flush();
        register(account.id().value(), source, person);
        return new Settled(true, null);
    }

    private boolean isDisabledElsewhere(long account) {
        return !entities.createNativeQuery("SELECT 1 FROM account_source WHERE account_id = ?1 AND state <> 'active'")
                .setParameter(1, account)
                .getResultList()
                .isEmpty();
    }

    private void register(long account, long source, Person person) {
        update(
                "INSERT INTO account_source (account_id, source_id, entry, dn, state, facts, seen)"
                        + " VALUES (?1, ?2, ?3, ?4, 'active', '', ?5)",
                account,
                source,
                person.entry(),
                person.dn(),
                Timestamp.from(Instant.now()));
    }

    private void describe(long account, Person person, Known known, List<String> changes) {
        if (!known.facts().isEmpty() && !known.dn().equals(person.dn())) {
            changes.add("dn " + person.dn());
        }
        int named = update(
                "UPDATE account SET display_name = ?2, version = version + 1 WHERE id = ?1 AND display_name <> ?2",
                account,
                person.displayName());
        if (named > 0) {
            changes.add("name " + person.displayName());
        }
        var quota = person.quotaOctets();
        if (quota != null
                && update(
                                "UPDATE account SET quota_octets = ?2, version = version + 1"
                                        + " WHERE id = ?1 AND quota_octets IS DISTINCT FROM ?2",
                                account,
                                quota)
                        > 0) {
            changes.add("quota " + quota);
        }
    }

    private void addresses(
            long source, long account, String own, Person person, List<String> changes, List<String> problems) {
        var wanted = new TreeSet<String>();
        person.addresses().forEach(address -> wanted.add(address.toString()));
        wanted.remove(own);
        var there = new HashSet<String>();
        for (var row : entities.createNativeQuery("""
                        SELECT a.id, a.local_part, d.name, a.source_id FROM alias a JOIN domain d ON d.id = a.domain_id
                        WHERE a.account_id = ?1""").setParameter(1, account).getResultList()) {
            var columns = (Object[]) row;
            var address = new MailAddress((String) columns[1], (String) columns[2]).toString();
            there.add(address);
            boolean theirs = columns[3] instanceof Number of && of.longValue() == source;
            if (theirs && !wanted.contains(address)) {
                update("DELETE FROM alias WHERE id = ?1", ((Number) columns[0]).longValue());
                changes.add("no longer " + address);
            }
        }
        for (var address : person.addresses()) {
            if (wanted.contains(address.toString()) && !there.contains(address.toString())) {
                var domain = Names.lock(entities, address.domain());
                if (domain == null || Names.isTaken(entities, address)) {
                    problems.add(address + " belongs to somebody else");
                } else {
                    update(
                            "INSERT INTO alias (domain_id, local_part, account_id, source_id)"
                                    + " SELECT id, ?2, ?3, ?4 FROM domain WHERE name = ?1",
                            address.domain(),
                            address.key(),
                            account,
                            source);
                    changes.add("also " + address);
                }
            }
        }
    }

    private void roles(long source, long account, Set<String> wanted, List<String> changes, List<String> problems) {
        var there = new HashSet<String>();
        for (var row : entities.createNativeQuery("""
                        SELECT r.id, r.role || coalesce('@' || d.name, ''), r.source_id
                          FROM account_role r LEFT JOIN domain d ON d.id = r.domain_id WHERE r.account_id = ?1""").setParameter(1, account).getResultList()) {
            var columns = (Object[]) row;
            var role = (String) columns[1];
            boolean theirs = columns[2] instanceof Number of && of.longValue() == source;
            if (theirs && !wanted.contains(role)) {
                update("DELETE FROM account_role WHERE id = ?1", ((Number) columns[0]).longValue());
                changes.add("no longer " + role);
            } else {
                there.add(role);
            }
        }
        for (var role : new TreeSet<>(wanted)) {
            if (there.contains(role)) {
                continue;
            }
            if (give(source, account, role)) {
                changes.add("role " + role);
            } else {
                problems.add("the role " + role + " is for a domain that is not ours");
            }
        }
    }

    private boolean give(long source, long account, String role) {
        int at = role.indexOf('@');
        return at < 0
                ? update(
                                "INSERT INTO account_role (account_id, role, source_id) VALUES (?1, ?2, ?3)",
                                account,
                                role,
                                source)
                        > 0
                : update(
                                "INSERT INTO account_role (account_id, role, source_id, domain_id)"
                                        + " SELECT ?1, ?2, ?3, id FROM domain WHERE name = ?4",
                                account,
                                role.substring(0, at),
                                source,
                                role.substring(at + 1))
                        > 0;
    }

    /** Only a change over there changes anything here, so that an account which was disabled here stays so. */
    private void state(long account, String state, String before, List<String> changes) {
        if (state.equals(before)) {
            return;
        }
        update("UPDATE account_source SET state = ?2 WHERE account_id = ?1", account, state);
        boolean active = state.equals("active");
        boolean done = enable(account, active);
        changes.add((active ? "enabled again" : "disabled") + (done ? "" : " once the account is restored"));
    }

    /**
     * False where the account was removed here, and stays so whatever a directory says: it is kept in the way of {@link AccountEnds}
     * as what it comes back.
     */
    private boolean enable(long account, boolean enabled) {
        if (update(
                        "UPDATE account SET enabled = ?2, version = version + 1 WHERE id = ?1 AND removal IS NULL",
                        account,
                        enabled)
                > 0) {
            return true;
        }
        update(
                enabled
                        ? "UPDATE account SET expires = NULL, version = version + 1 WHERE id = ?1 AND expires <= now()"
                        : "UPDATE account SET expires = now(), version = version + 1 WHERE id = ?1",
                account);
        return false;
    }

    /** Who is not there any more: his account takes no mail and lets nobody in; what he has stays. */
    public void gone(Known known) {
        state(known.account().value(), "gone", known.state(), new ArrayList<>());
        update(
                "UPDATE account_source SET facts = '' WHERE account_id = ?1",
                known.account().value());
        done(true);
    }

    /** They were all found, and nothing about them is new. */
    public void seen(long source, List<AccountId> accounts) {
        for (var account : accounts) {
            update(
                    "UPDATE account_source SET seen = ?3 WHERE account_id = ?1 AND source_id = ?2",
                    account.value(),
                    source,
                    Timestamp.from(Instant.now()));
        }
    }

    /**
     * A group as a directory describes it, kept as a distribution list; a group that is gone keeps its address and has no members.
     *
     * @return what is new; empty: nothing, null: the address belongs to something else
     */
    public @Nullable String group(long source, MailAddress address, String displayName, Set<String> members) {
        var domain = Names.lock(entities, address.domain());
        if (domain == null) {
            return null;
        }
        var there = entities.createNativeQuery("""
                        SELECT g.id, g.source_id, g.display_name FROM mail_group g JOIN domain d ON d.id = g.domain_id
                        WHERE g.local_part = ?1 AND d.name = ?2""")
                .setParameter(1, address.key())
                .setParameter(2, address.domain())
                .getResultList();
        if (there.isEmpty() && Names.isTaken(entities, address)) {
            return null;
        }
        if (there.isEmpty()) {
            update(
                    "INSERT INTO mail_group (domain_id, local_part, display_name, source_id)"
                            + " SELECT id, ?2, ?3, ?4 FROM domain WHERE name = ?1",
                    address.domain(),
                    address.key(),
                    displayName,
                    source);
            return members(source, address, displayName, members).isEmpty() ? "an empty group" : "a group";
        }
        var columns = (Object[]) there.getFirst();
        if (!(columns[1] instanceof Number of) || of.longValue() != source) {
            return null;
        }
        return members(source, address, displayName, members);
    }

    private String members(long source, MailAddress address, String displayName, Set<String> members) {
        long id = ((Number) entities.createNativeQuery("""
                        SELECT g.id FROM mail_group g JOIN domain d ON d.id = g.domain_id
                        WHERE g.local_part = ?1 AND d.name = ?2 AND g.source_id = ?3""")
                        .setParameter(1, address.key())
                        .setParameter(2, address.domain())
                        .setParameter(3, source)
                        .getSingleResult())
                .longValue();
        update("UPDATE mail_group SET display_name = ?2 WHERE id = ?1 AND display_name <> ?2", id, displayName);
        var before = new HashSet<String>();
        for (var member : entities.createNativeQuery("SELECT address FROM group_member WHERE group_id = ?1")
                .setParameter(1, id)
                .getResultList()) {
            before.add(Objects.toString(member));
        }
        int came = 0;
        int went = 0;
        for (var member : new TreeSet<>(members)) {
            if (!before.contains(member)) {
                came += update("INSERT INTO group_member (group_id, address) VALUES (?1, ?2)", id, member);
            }
        }
        for (var member : before) {
            if (!members.contains(member)) {
                went += update("DELETE FROM group_member WHERE group_id = ?1 AND address = ?2", id, member);
            }
        }
        done(came + went > 0);
        return came + went == 0 ? "" : came + " members came, " + went + " went";
    }

    /** Addresses of the groups that came from a directory and have members. */
    public List<MailAddress> groups(long source) {
        var groups = new ArrayList<MailAddress>();
        for (var row : entities.createNativeQuery("""
                        SELECT g.local_part, d.name FROM mail_group g JOIN domain d ON d.id = g.domain_id
                        WHERE g.source_id = ?1 AND EXISTS (SELECT 1 FROM group_member WHERE group_id = g.id)""").setParameter(1, source).getResultList()) {
            var columns = (Object[]) row;
            groups.add(new MailAddress((String) columns[0], (String) columns[1]));
        }
        return groups;
    }

    private int update(String sql, Object... values) {
        var query = entities.createNativeQuery(sql);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query.executeUpdate();
    }

    private void done(boolean anything) {
        entities.flush();
        if (anything) {
            changed.fire(new DirectoryChanged());
        }
    }
}
