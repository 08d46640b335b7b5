package org.mailroom.feedback;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** The short transactions between which a report is read. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class FeedbackWork {
    /** One over which the server dies is left alone. */
    private static final int MOST_ATTEMPTS = 3;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public FeedbackWork() {}

    FeedbackWork(DataSource database) {
        this.database = database;
    }

    /** A message that waits to be read. */
    public record Waiting(long id, long message) {}

    /** The next that no other node reads; empty where none waits. */
    public Optional<Waiting> claim() throws SQLException {
        try (var connection = database.getConnection()) {
            var table = new FeedbackTable(connection);
            table.abandon(MOST_ATTEMPTS);
            return table.claim();
        }
    }

    /** Writes down what a report says. */
    public void settle(long id, Received report) throws SQLException, Unreadable {
        try (var connection = database.getConnection()) {
            new FeedbackTable(connection).settle(id, report);
        }
    }

    /** @param trouble why nothing was read */
    public void giveUp(long id, String trouble) throws SQLException {
        try (var connection = database.getConnection()) {
            new FeedbackTable(connection).giveUp(id, trouble);
        }
    }

    public int forget(Duration keep) throws SQLException {
        try (var connection = database.getConnection()) {
            return new FeedbackTable(connection).forget(keep);
        }
    }
}
