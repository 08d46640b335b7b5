package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;

/** A piece of work on the transaction's connection. */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException, MailException;

    /** The first column of what a query finds, as UIDs. */
    static UidSet uids(PreparedStatement query) throws SQLException {
        var uids = LongStream.builder();
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                uids.add(rows.getLong(1));
            }
        }
        return UidSet.of(uids.build().toArray());
    }

    /** Does it; trouble with the database is a fault, and rolls the transaction back. */
    static <T extends @Nullable Object> T with(DataSource database, Work<T> work) throws MailException {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the database did not do it", e);
        }
    }
}
