package org.mailroom.queue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;

/** A queue on a database of its own. */
final class TestQueue {
    final DataSource database = TestDatabase.fresh();
    final TestHouse house = new TestHouse(database);

    /** Queues a message as accept does. */
    String submit(Envelope envelope, String text) throws Exception {
        var queueId = QueueId.next();
        var source = MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
        var parsed = MessageParser.parse(source);
        house.inTransaction(() -> {
            long message = house.bean(Messages.class).keep(parsed, source);
            house.bean(OutboundQueue.class).submit(queueId, message, envelope);
            return message;
        });
        return queueId;
    }

    String submit(String from, String... to) throws Exception {
        return submit(
                Envelope.of(from, List.of(to)),
                "Return-Path: <" + from
                        + ">\r\nReceived: x\r\nSubject: hello\r\nMessage-ID: <1@here.test>\r\n\r\ntext\r\n");
    }

    Claims claims(String node) {
        return new Claims(database, node, Duration.ofMinutes(2));
    }

    /** The settlement, with the transaction that the server would put around it. */
    Settlement settlement() {
        return new Settlement() {
            @Override
            public boolean settle(Batch batch, Judgement judgement, Optional<Report> report, String holder) {
                return inTransaction(() -> house.bean(Settlement.class).settle(batch, judgement, report, holder));
            }

            @Override
            public boolean bringHome(Homecoming homecoming, Optional<Report> report, String holder) {
                return inTransaction(() -> house.bean(Settlement.class).bringHome(homecoming, report, holder));
            }

            @Override
            public void poison(Batch batch, String cause, String holder) {
                inTransaction(() -> {
                    house.bean(Settlement.class).poison(batch, cause, holder);
                    return true;
                });
            }
        };
    }

    private boolean inTransaction(java.util.concurrent.Callable<Boolean> work) {
        try {
            return house.inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void sql(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of a query, columns joined by a blank. */
    List<String> rows(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                var line = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join(" ", line));
            }
            return lines;
        }
    }
}
