package org.mailroom.trace;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The transaction of the batch writer, and the threads that it runs on. */
@Stateless
@ManagedExecutorDefinition(name = "java:app/mailroom/trace", virtual = true)
public class TraceWriter {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void write(List<TraceStep> steps) {
        try (var connection = database.getConnection()) {
            TraceTable.insert(connection, steps);
        } catch (SQLException e) {
            throw new IllegalStateException("the trace was not written", e);
        }
    }
}
