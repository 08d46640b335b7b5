package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.directory.AccountList;
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
    private AccountList list;

    @Inject
    private Scope scope;

    /** What a message can have come to. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR, Role.USER})
    public List<String> statuses() {
        return TraceSearch.STATUSES;
    }

    /** Newest first; the total ends at {@link TraceSearch#MOST}. */
    public Page<TraceSummary> search(TraceQuery query, int offset, int limit) {
        return search(query, scope.seen(), offset, limit);
    }

    /** Likewise, of what the caller sent, and of what was for one of his addresses. */
    @RolesAllowed(Role.USER)
    public Page<TraceSummary> own(TraceQuery query, int offset, int limit) throws AdminException {
        return search(query, addresses(), offset, limit);
    }

    private Page<TraceSummary> search(TraceQuery query, @Nullable Set<String> whose, int offset, int limit) {
        var wanted = new TraceSearch.Wanted(
                query.text(),
                query.sender(),
                query.recipient(),
                query.client(),
                query.session(),
                query.status(),
                query.from(),
                query.to(),
                whose);
        try (var connection = database.getConnection()) {
            var result = new TraceSearch(connection).search(wanted, Math.max(0, offset), Math.clamp(limit, 1, MOST));
            return new Page<>(result.found().stream().map(TraceAdmin::summary).toList(), result.total());
        } catch (SQLException e) {
            throw new IllegalStateException("the trace cannot be searched", e);
        }
    }

    /**
     * Everything that happened to a message, in its order; nothing where there is no such message.
     *
     * @param id a queue id; or of a session, of what was refused in it before there was a message
     */
    public List<TraceEvent> message(String id) {
        return messages(either(id), scope.seen());
    }

    /** Likewise, of a message that the caller sent, or of what concerns him of what others sent. */
    @RolesAllowed(Role.USER)
    public List<TraceEvent> ownMessage(String id) throws AdminException {
        return messages(either(id), addresses());
    }

    /** Likewise, of as many of the first of several as are read at a time, one after another. */
    public TracePart messages(List<String> ids) {
        return part(ids, scope.seen());
    }

    /** Likewise, as far as they concern the caller. */
    @RolesAllowed(Role.USER)
    public TracePart ownMessages(List<String> ids) throws AdminException {
        return part(ids, addresses());
    }

    private TracePart part(List<String> ids, @Nullable Set<String> whose) {
        try (var connection = database.getConnection()) {
            var several = new TraceSearch(connection).several(ids, whose);
            return new TracePart(several.steps().stream().map(TraceAdmin::event).toList(), several.names());
        } catch (SQLException e) {
            throw new IllegalStateException("the trace cannot be read", e);
        }
    }

    /** As queue ids are written, and as ids of sessions are. */
    private static List<String> either(String id) {
        return List.of(id.strip().toUpperCase(Locale.ROOT), id.strip().toLowerCase(Locale.ROOT));
    }

    /** Those of the caller, as the trace writes them. */
    private Set<String> addresses() throws AdminException {
        var me = Texts.address(scope.who());
        var all = new HashSet<String>();
        all.add(me.toString().toLowerCase(Locale.ROOT));
        list.find(me).ifPresent(account -> account.aliases().forEach(one -> all.add(one.toLowerCase(Locale.ROOT))));
        return all;
    }

    private List<TraceEvent> messages(List<String> ids, @Nullable Set<String> whose) {
        try (var connection = database.getConnection()) {
            return new TraceSearch(connection)
                    .steps(ids, whose).stream().map(TraceAdmin::event).toList();
        } catch (SQLException e) {
            throw new IllegalStateException("the trace cannot be read", e);
        }
    }

    private static TraceSummary summary(TraceSearch.Found found) {
        return new TraceSummary(
                found.queueId(),
                found.session(),
                found.at(),
                found.sender(),
                found.recipients(),
                found.subject(),
                found.status(),
                found.why());
    }

    private static TraceEvent event(TraceSearch.Step step) {
        return new TraceEvent(
                step.queueId(),
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
