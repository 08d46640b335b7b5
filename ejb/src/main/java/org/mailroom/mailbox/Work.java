package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;

/** A piece of work on the transaction's connection. */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException, MailException;

    /** Does it; trouble with the database is a fault, and rolls the transaction back. */
    static <T extends @Nullable Object> T with(DataSource database, Work<T> work) throws MailException {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the database did not do it", e);
        }
    }
}
