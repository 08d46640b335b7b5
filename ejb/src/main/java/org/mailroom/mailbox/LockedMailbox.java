package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/**
 * The row of a mailbox, held until the transaction ends. Whoever changes what lies in a mailbox holds its row, so no two do it
 * at a time, and what is read while holding it is current.
 */
record LockedMailbox(long id, AccountId account, long uidValidity, long uidNext, long modseq, Keywords keywords) {
    /** Locks in order of id: two transactions that want the same rows then wait for each other and never in a ring. */
    static List<LockedMailbox> lock(Connection connection, long... ids) throws SQLException, MailException {
        var sorted = Arrays.stream(ids).distinct().sorted().toArray();
        var locked = new ArrayList<LockedMailbox>(sorted.length);
        for (long id : sorted) {
            locked.add(one(connection, id));
        }
        return Arrays.stream(ids)
                .mapToObj(id -> locked.get(Arrays.binarySearch(sorted, id)))
                .toList();
    }

    /** Takes the mailbox's number; what it finds is for {@link #read}. */
    static final String LOCK = """
            SELECT id, account_id, uid_validity, uid_next, modseq, keywords FROM mailbox WHERE id = ?
            FOR NO KEY UPDATE
            """;

    private static LockedMailbox one(Connection connection, long id) throws SQLException, MailException {
        try (var query = connection.prepareStatement(LOCK)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                return read(rows);
            }
        }
    }

    static LockedMailbox read(ResultSet rows) throws SQLException, MailException {
        if (!rows.next()) {
            throw new MailException(Reason.NO_SUCH_MAILBOX, "The mailbox is gone");
        }
        var keywords = (String[]) Objects.requireNonNull(rows.getArray(6)).getArray();
        return new LockedMailbox(
                rows.getLong(1),
                new AccountId(rows.getLong(2)),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                new Keywords(List.of(keywords)));
    }

    /** Fails where it is not the mailbox to which this way was found. */
    LockedMailbox by(Access access) throws MailException {
        if (id != access.mailbox() || !account.equals(access.owner())) {
            throw new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
        }
        return this;
    }

    /** Writes the keywords where they are more than before. */
    void keep(Connection connection, Keywords wider) throws SQLException {
        if (wider.names().size() == keywords.names().size()) {
            return;
        }
        try (var update = connection.prepareStatement("UPDATE mailbox SET keywords = ? WHERE id = ?")) {
            update.setArray(1, connection.createArrayOf("text", wider.array()));
            update.setLong(2, id);
            update.executeUpdate();
        }
    }
}
