package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.mailroom.trace.TraceSearch;

/** Where is my mail, and why? */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TraceAdmin {
    private static final int MOST = TraceSearch.MOST;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Scope scope;

    /** What a message can have come to. */
    public List<String> statuses() {
        return TraceSearch.STATUSES;
    }

    /** Newest first; the total ends at {@link TraceSearch#MOST}. */
    public Page<TraceSummary> search(TraceQuery query, int offset, int limit) {
        var wanted = new TraceSearch.Wanted(
                query.text(),
                query.sender(),
                query.recipient(),
                query.client(),
                query.session(),
                query.status(),
                query.from(),
                query.to(),
                scope.seen());
        try (var connection = database.getConnection()) {
            var result = new TraceSearch(connection).search(wanted, Math.max(0, offset), Math.clamp(limit, 1, MOST));
            return new Page<>(result.found().stream().map(TraceAdmin::summary).toList(), result.total());
        } catch (SQLException e) {
            throw new IllegalStateException("the trace cannot be searched", e);
        }
    }

    /** Everything that happened to a message, in its order; nothing where there is no such message. */
    public List<TraceEvent> message(String queueId) {
        try (var connection = database.getConnection()) {
            return new TraceSearch(connection)
                    .steps(queueId.strip().toUpperCase(Locale.ROOT), scope.seen()).stream()
                            .map(TraceAdmin::event)
                            .toList();
        } catch (SQLException e) {
            throw new IllegalStateException("the trace cannot be read", e);
        }
    }

    private static TraceSummary summary(TraceSearch.Found found) {
        return new TraceSummary(
                found.queueId(),
                found.at(),
                found.sender(),
                found.recipients(),
                found.subject(),
                found.status(),
                found.why());
    }

    private static TraceEvent event(TraceSearch.Step step) {
        return new TraceEvent(
                step.at(),
                step.step(),
                step.sender(),
                step.recipient(),
                step.client(),
                step.rule(),
                step.reply(),
                step.detail(),
                step.session());
    }
}
