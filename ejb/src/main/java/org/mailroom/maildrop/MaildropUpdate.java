package org.mailroom.maildrop;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.Access;
import org.mailroom.mailbox.Expunges;
import org.mailroom.mailbox.FlagChanges;
import org.mailroom.mailbox.Work;

/** The UPDATE state of a session (RFC 1939 §6): all that it asked for in one transaction, or nothing. */
@Stateless
public class MaildropUpdate {
    private static final FlagChange SEEN = new FlagChange(FlagChange.Mode.ADD, Flags.SEEN, List.of());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private PopPolicies policies;

    @Inject
    private Expunges expunges;

    @Inject
    private FlagChanges flags;

    public MaildropUpdate() {}

    MaildropUpdate(DataSource database, PopPolicies policies, Expunges expunges, FlagChanges flags) {
        this.database = database;
        this.policies = policies;
        this.expunges = expunges;
        this.flags = flags;
    }

    public void update(Actor actor, long mailbox, UidSet fetched, UidSet deleted) throws MailException {
        var own = Access.own(mailbox, actor);
        var policy = policies.of(actor.account());
        // RFC 2449 §6.7: where nothing may be left, whatever was fetched counts as deleted.
        boolean leave = policy.expire().kind() != Expire.Kind.ON_FETCH;
        var read = fetched.minus(deleted);
        if (!deleted.isEmpty()) {
            expunges.expunge(own, deleted, false);
        }
        if (!leave && !read.isEmpty()) {
            expunges.expire(mailbox, actor.account(), read, ExpiryBatch.RULE, ExpiryBatch.why(policy.expire()));
        }
        var left = leave ? read : UidSet.EMPTY;
        if (!left.isEmpty()) {
            Work.<@Nullable Void>with(database, connection -> {
                note(connection, mailbox, left);
                return null;
            });
            if (policy.markSeen()) {
                flags.change(own, left, SEEN, Long.MAX_VALUE);
            }
        }
    }

    /** The first time counts. */
    private static void note(Connection connection, long mailbox, UidSet fetched) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO pop_fetched (mailbox_id, uid)
                SELECT e.mailbox_id, e.uid FROM mailbox_entry e
                WHERE e.mailbox_id = ? AND e.uid = ANY (?) ON CONFLICT DO NOTHING""")) {
            insert.setLong(1, mailbox);
            insert.setArray(
                    2,
                    connection.createArrayOf("bigint", fetched.stream().boxed().toArray()));
            insert.executeUpdate();
        }
    }
}
