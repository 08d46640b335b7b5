package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/**
 * Puts a kept message into the INBOX of its recipients, or where they keep junk, in the caller's transaction and in one round
 * trip however many they are. It is the last deed of the transaction: the mailbox rows are locked from here to the commit.
 */
@ApplicationScoped
public class LocalDelivery {
    private static final String ENTRY = """
            entry AS (
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, flags, internal_date, size)
                SELECT id, uid, ?, modseq, 0, ?, ? FROM box)
            SELECT id FROM box
            """;

    private static final String ONE = """
            WITH box AS (
                UPDATE mailbox SET uid_next = uid_next + 1, modseq = modseq + 1, messages = messages + 1,
                    unseen = unseen + 1, octets = octets + ?
                WHERE account_id = ? AND name = 'INBOX'
                RETURNING id, uid_next - 1 AS uid, modseq),
            """ + ENTRY;

    private static final String INBOXES = """
            WITH held AS MATERIALIZED (
                SELECT id FROM mailbox WHERE account_id = ANY (?) AND name = 'INBOX'
                ORDER BY id FOR NO KEY UPDATE),
            """;

    /** The user may have renamed it, removed it, or made a second one: the mark decides (RFC 6154 §2), then age. */
    private static final String JUNK = """
            WITH held AS MATERIALIZED (
                SELECT id FROM mailbox WHERE id IN (
                    SELECT DISTINCT ON (account_id) id FROM mailbox
                    WHERE account_id = ANY (?) AND (special_use = '\\Junk' OR name = 'INBOX')
                    ORDER BY account_id, name = 'INBOX', id)
                ORDER BY id FOR NO KEY UPDATE),
            """;

    /** The rows are locked in order of id before the first is changed, so that two deliveries never wait in a ring. */
    private static final String HELD = """
            box AS (
                UPDATE mailbox m SET uid_next = uid_next + 1, modseq = modseq + 1, messages = messages + 1,
                    unseen = unseen + 1, octets = octets + ?
                FROM (SELECT id FROM held ORDER BY id) h WHERE m.id = h.id
                RETURNING m.id, m.uid_next - 1 AS uid, m.modseq),
            """ + ENTRY;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public LocalDelivery() {}

    LocalDelivery(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    public void deliver(long message, long size, Instant received, Set<AccountId> recipients) throws MailException {
        if (recipients.isEmpty()) {
            return;
        }
        if (put(message, size, received, recipients, INBOXES) < recipients.size()) {
            throw new MailException(Reason.NO_SUCH_RECIPIENT, "A recipient was removed a moment ago");
        }
    }

    /** Into the mailbox marked {@code \Junk}, of those who have none into INBOX. */
    public void deliverJunk(long message, long size, Instant received, Set<AccountId> recipients) throws MailException {
        if (!recipients.isEmpty() && put(message, size, received, recipients, JUNK) < recipients.size()) {
            // The account, or only that mailbox: the next attempt will find out.
            throw new MailException(Reason.UNAVAILABLE, "A mailbox was removed a moment ago; try again later");
        }
    }

    /**
     * Locks where mail for these accounts goes, for a transaction that delivers several messages: without it, it would lock some
     * mailboxes after others of a higher id.
     */
    public void hold(Set<AccountId> recipients, boolean junk) throws MailException {
        if (recipients.isEmpty()) {
            return;
        }
        var head = (junk ? JUNK : INBOXES).strip();
        var sql = head.substring(0, head.length() - 1) + " SELECT id FROM held";
        Work.with(database, connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "bigint",
                                recipients.stream().map(AccountId::value).toArray()));
                return ids(statement);
            }
        });
    }

    /** In how many mailboxes it is now. */
    private int put(long message, long size, Instant received, Set<AccountId> recipients, String which)
            throws MailException {
        var mailboxes = Work.with(database, connection -> {
            try (var statement = prepare(connection, size, recipients, which)) {
                statement.setLong(3, message);
                statement.setObject(4, received.atOffset(ZoneOffset.UTC));
                statement.setLong(5, size);
                return ids(statement);
            }
        });
        for (long mailbox : mailboxes) {
            changes.fire(new MailboxChanged(mailbox));
        }
        return mailboxes.length;
    }

    private static PreparedStatement prepare(Connection connection, long size, Set<AccountId> recipients, String which)
            throws SQLException {
        if (recipients.size() == 1 && which.equals(INBOXES)) {
            var statement = connection.prepareStatement(ONE);
            statement.setLong(1, size);
            statement.setLong(2, recipients.iterator().next().value());
            return statement;
        }
        var statement = connection.prepareStatement(which + HELD);
        var accounts = recipients.stream().map(AccountId::value).toArray();
        statement.setArray(1, connection.createArrayOf("bigint", accounts));
        statement.setLong(2, size);
        return statement;
    }

    private static long[] ids(PreparedStatement statement) throws SQLException {
        var ids = LongStream.builder();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids.build().toArray();
    }
}
