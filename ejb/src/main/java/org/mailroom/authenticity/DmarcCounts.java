package org.mailroom.authenticity;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.net.InetAddress;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Counts what DMARC came to, by day and source, as reports tell it (RFC 9990). In memory, and written once a minute: a crash
 * loses a minute of counts and no mail.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DmarcCounts {
    /** Different ones a minute: whoever sends from a million domains is not counted one by one. */
    private static final int MOST = 10_000;

    private static final int LONGEST = 500;
    private static final int KEPT_DAYS = 60;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final Map<Row, LongAdder> waiting = new ConcurrentHashMap<>();

    private record Row(
            LocalDate day, String domain, String policy, String source, String disposition, String dkim, String spf) {}

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void count(InetAddress source, Findings findings, String disposition) {
        var record = findings.dmarc().record();
        if (record == null) {
            return; // nobody asked for a report
        }
        var row = new Row(
                LocalDate.now(ZoneOffset.UTC),
                cut(findings.dmarc().from()),
                cut(record.domain() + " " + record.text()),
                source.getHostAddress(),
                disposition,
                cut(signatures(findings)),
                cut(findings.spf().domain() + "=" + findings.spf().result().word()));
        var counter = waiting.get(row);
        if (counter != null || waiting.size() < MOST) {
            (counter != null ? counter : waiting.computeIfAbsent(row, first -> new LongAdder())).increment();
        }
    }

    private static String signatures(Findings findings) {
        return findings.dkim().stream()
                .map(each -> each.domain() + "=" + each.result().word())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[^ -~]", "?");
    }

    @Schedule(hour = "*", minute = "*", second = "17", persistent = false)
    public void write() {
        var batch = new HashMap<Row, Long>();
        for (var row : waiting.keySet()) {
            var counter = waiting.remove(row);
            if (counter != null) {
                batch.put(row, counter.sum());
            }
        }
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    private void write(Map<Row, Long> batch) {
        var sql = """
                INSERT INTO dmarc_count AS c (day, domain, policy, source, disposition, dkim, spf, messages)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (day, domain, policy, source, disposition, dkim, spf)
                DO UPDATE SET messages = c.messages + EXCLUDED.messages""";
        // In one order, so that two nodes do not wait for each other in a circle.
        var sorted = new ArrayList<>(batch.entrySet());
        sorted.sort(Comparator.comparing(entry -> entry.getKey().toString()));
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var entry : sorted) {
                var row = entry.getKey();
                statement.setDate(1, Date.valueOf(row.day()));
                statement.setString(2, row.domain());
                statement.setString(3, row.policy());
                statement.setString(4, row.source());
                statement.setString(5, row.disposition());
                statement.setString(6, row.dkim());
                statement.setString(7, row.spf());
                statement.setLong(8, entry.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("the counts of DMARC were not written", e);
        }
    }

    @Schedule(hour = "3", minute = "41", persistent = false)
    public void drop() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("DELETE FROM dmarc_count WHERE day < current_date - ?")) {
            statement.setInt(1, KEPT_DAYS);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("old counts of DMARC were not removed", e);
        }
    }

    @PreDestroy
    void close() {
        write();
    }
}
