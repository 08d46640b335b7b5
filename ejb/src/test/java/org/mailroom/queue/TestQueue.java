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
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
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
            long message = house.bean(Messages.class).keep(queueId, parsed, source);
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

    /** Alice, who has an account here. */
    void sender() throws SQLException {
        sql("INSERT INTO domain (name) VALUES ('here.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice')");
        sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (1, 'INBOX', 1)");
    }

    /** Somebody who gets an account when the directory where he lives tells of him. */
    void person(long domain, String name) throws SQLException {
        sql(
                "WITH made AS (INSERT INTO account (domain_id, local_part) VALUES (" + domain + ", '" + name
                        + "') RETURNING id) INSERT INTO mailbox (account_id, name, uid_validity) SELECT id, 'INBOX', 9 FROM made");
        house.bean(Directory.class).changed(new DirectoryChanged());
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
            public boolean settle(List<Sent> together, String holder) {
                return inTransaction(() -> house.bean(Settlement.class).settle(together, holder));
            }

            @Override
            public boolean bringHome(Homecoming homecoming, Optional<Report> report, String holder) {
                return inTransaction(() -> house.bean(Settlement.class).bringHome(homecoming, report, holder));
            }

            @Override
            public Batch left(Batch batch, String holder) {
                return house.bean(Settlement.class).left(batch, holder);
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

    /** The shift of a node that knows no rules but this schedule. */
    Shift shift(Delivery delivery, RetrySchedule schedule) {
        return shift(delivery, terms(schedule), settlement(), new Alarms());
    }

    Shift shift(Delivery delivery, DeliveryTerms terms, Settlement settlement, Alarms alarms) {
        var lease = Duration.ofMinutes(2);
        var settings =
                new QueueSettings("mail.here.test", "node", terms.of(""), 10, lease, 25, RelayTimeouts.STANDARD, 2525);
        return new Shift(
                settings,
                claims("node"),
                delivery,
                house.bean(Messages.class),
                house.bean(Directory.class),
                settlement,
                terms,
                alarms);
    }

    /** As the table has it, but for the schedule. */
    DeliveryTerms terms(RetrySchedule schedule) {
        return new DeliveryTerms() {
            @Override
            public Terms of(String domain) {
                var real = house.bean(DeliveryTerms.class).of(domain);
                return new Terms(schedule, real.notice(), real.concurrency(), real.perMinute(), real.tls());
            }

            @Override
            public Optional<String> pausedBy(String domain) {
                return house.bean(DeliveryTerms.class).pausedBy(domain);
            }
        };
    }
}
