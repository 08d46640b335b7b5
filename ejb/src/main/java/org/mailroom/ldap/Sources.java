package org.mailroom.ldap;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mailroom.directory.DirectoryChanged;

/** The directories of others, as they are kept; an EJB because they are read where no transaction is. */
@Stateless
public class Sources {
    private static final int MOST_RUNS = 100;

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    public List<SourcePlan> all() {
        return entities.createQuery("SELECT s FROM Source s ORDER BY s.name", Source.class)
                .getResultStream()
                .map(this::plan)
                .toList();
    }

    public Optional<SourcePlan> find(String name) {
        return source(name).map(this::plan);
    }

    private Optional<Source> source(String name) {
        return entities.createQuery("SELECT s FROM Source s WHERE s.name = :name", Source.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    private SourcePlan plan(Source source) {
        return source.plan(source.domains().stream()
                .flatMap(id -> entities.createQuery("SELECT d.name FROM Domain d WHERE d.id = :id", String.class)
                        .setParameter("id", id)
                        .getResultStream())
                .sorted()
                .toList());
    }

    /**
     * Keeps it, new or in the place of the one of this name.
     *
     * @return the domain that is not ours, or whose accounts live elsewhere; empty where all went well
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public Optional<String> put(SourcePlan plan) {
        var ids = new ArrayList<Long>();
        for (var domain : plan.domains()) {
            var id = free(domain, plan.name());
            if (id.isEmpty()) {
                return Optional.of(domain);
            }
            ids.add(id.get());
        }
        var source = source(plan.name()).orElseGet(() -> {
            var fresh = new Source(plan.name());
            fresh.follow(plan, List.of());
            entities.persist(fresh);
            return fresh;
        });
        source.follow(plan, ids);
        done();
        return Optional.empty();
    }

    private Optional<Long> free(String domain, String name) {
        boolean taken = entities.createQuery("SELECT s FROM Source s", Source.class)
                .getResultStream()
                .map(this::plan)
                .anyMatch(other -> !other.name().equals(name) && other.domains().contains(domain));
        return taken
                ? Optional.empty()
                : entities.createQuery("SELECT d.id FROM Domain d WHERE d.name = :name", Long.class)
                        .setParameter("name", domain)
                        .getResultStream()
                        .findFirst();
    }

    /** Its accounts stay, and log in no more before they get a password here. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean remove(String name) {
        var there = source(name);
        there.ifPresent(entities::remove);
        done();
        return there.isPresent();
    }

    /** How many accounts live there, and how many of them are gone or disabled there. */
    public long[] accounts(long source) {
        var row = (Object[]) entities.createNativeQuery(
                        "SELECT count(*), count(*) FILTER (WHERE state <> 'active') FROM account_source WHERE source_id = ?1")
                .setParameter(1, source)
                .getSingleResult();
        return new long[] {((Number) row[0]).longValue(), ((Number) row[1]).longValue()};
    }

    /** Writes down what became of a comparison. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void ran(long source, SyncRun run) {
        entities.createNativeQuery("""
                        INSERT INTO directory_sync (source_id, began, ended, dry_run, outcome, appeared, changed, removed, report)
                        SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM directory_source WHERE id = ?1""")
                .setParameter(1, source)
                .setParameter(2, Timestamp.from(run.began()))
                .setParameter(3, Timestamp.from(run.ended()))
                .setParameter(4, run.dryRun())
                .setParameter(5, run.outcome())
                .setParameter(6, run.appeared())
                .setParameter(7, run.changed())
                .setParameter(8, run.removed())
                .setParameter(9, String.join("\n", run.report()))
                .executeUpdate();
        entities.createNativeQuery("""
                        DELETE FROM directory_sync WHERE source_id = ?1 AND id NOT IN
                            (SELECT id FROM directory_sync WHERE source_id = ?1 ORDER BY id DESC LIMIT ?2)""")
                .setParameter(1, source)
                .setParameter(2, MOST_RUNS)
                .executeUpdate();
    }

    /** The last comparisons, the newest first. */
    public List<SyncRun> runs(long source, int most) {
        var runs = new ArrayList<SyncRun>();
        for (var row : entities.createNativeQuery("""
                        SELECT began, ended, dry_run, outcome, appeared, changed, removed, report FROM directory_sync
                        WHERE source_id = ?1 ORDER BY id DESC LIMIT ?2""")
                .setParameter(1, source)
                .setParameter(2, most)
                .getResultList()) {
            var columns = (Object[]) row;
            runs.add(new SyncRun(
                    ((Timestamp) columns[0]).toInstant(),
                    ((Timestamp) columns[1]).toInstant(),
                    (Boolean) columns[2],
                    Objects.toString(columns[3]),
                    ((Number) columns[4]).intValue(),
                    ((Number) columns[5]).intValue(),
                    ((Number) columns[6]).intValue(),
                    Objects.toString(columns[7]).lines().toList()));
        }
        return runs;
    }

    private void done() {
        entities.flush();
        changed.fire(new DirectoryChanged());
    }
}
