package org.mailroom.maildrop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.Access;
import org.mailroom.mailbox.Expunges;
import org.mailroom.mailbox.Work;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;

/** Removes messages because a policy says so, and writes into the trace, in the caller's transaction, which they were. */
@ApplicationScoped
public class Removals {
    /** What the trace tells of a message at a time; one step each. */
    private static final int BATCH = 500;

    private static final Pattern QUEUE_ID = Pattern.compile("\\(Mailroom\\) with [^;]*?\\sid ([0-9A-Z]{8,20})\\b");

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Expunges expunges;

    @Inject
    private Trace trace;

    public Removals() {}

    Removals(DataSource database, Expunges expunges, Trace trace) {
        this.database = database;
        this.expunges = expunges;
        this.trace = trace;
    }

    /**
     * Removes those of the messages that are still there.
     *
     * @param expire the policy
     * @return how many
     */
    public long remove(AccountId account, long mailbox, UidSet uids, Expire expire) throws MailException {
        var known = new HashMap<Long, TraceStep>();
        for (var rest = uids; !rest.isEmpty(); ) {
            var batch = first(rest);
            known.putAll(Work.with(database, connection -> steps(connection, mailbox, batch, expire)));
            rest = rest.above(batch.last());
        }
        var gone = expunges.expunge(Access.own(mailbox, account), uids, false);
        var steps = new ArrayList<TraceStep>();
        gone.stream().mapToObj(known::get).filter(Objects::nonNull).forEach(steps::add);
        for (int i = 0; i < steps.size(); i += BATCH) {
            trace.write(steps.subList(i, Math.min(steps.size(), i + BATCH)));
        }
        return gone.size();
    }

    private static UidSet first(UidSet uids) {
        return UidSet.of(uids.stream().limit(BATCH).toArray());
    }

    private static Map<Long, TraceStep> steps(Connection connection, long mailbox, UidSet uids, Expire expire)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT e.uid, coalesce(m.sender, ''), a.local_part || '@' || d.name, coalesce(m.message_id, ''),
                    coalesce(m.subject, ''), substring(m.octets FROM 1 FOR 1024)
                FROM mailbox_entry e JOIN message m ON m.id = e.message_id JOIN mailbox b ON b.id = e.mailbox_id
                JOIN account a ON a.id = b.account_id JOIN domain d ON d.id = a.domain_id
                WHERE e.mailbox_id = ? AND e.uid = ANY (?)""")) {
            query.setLong(1, mailbox);
            query.setArray(
                    2, connection.createArrayOf("bigint", uids.stream().boxed().toArray()));
            try (var rows = query.executeQuery()) {
                var steps = new HashMap<Long, TraceStep>();
                while (rows.next()) {
                    var detail = "mailbox=INBOX uid=" + rows.getLong(1) + " message-id=<" + text(rows.getString(4))
                            + "> subject=" + text(rows.getString(5));
                    steps.put(
                            rows.getLong(1),
                            TraceStep.of(
                                            TraceStep.Kind.REMOVED,
                                            queueId(rows.getBytes(6)),
                                            text(rows.getString(2)),
                                            text(rows.getString(3)))
                                    .rule("pop-policy")
                                    .reply("expire=" + expire)
                                    .detail(detail));
                }
                return steps;
            }
        }
    }

    /** From our own Received field, where the message came by SMTP: what became of it stands with how it came. */
    private static @Nullable String queueId(byte @Nullable [] start) {
        var header = start == null ? "" : new String(start, StandardCharsets.ISO_8859_1);
        var match = QUEUE_ID.matcher(header);
        return match.find() ? match.group(1) : null;
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
