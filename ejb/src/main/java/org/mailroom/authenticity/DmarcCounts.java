package org.mailroom.authenticity;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.trace.OneLine;

/**
 * Counts what DMARC came to, by day and source, as reports tell it (RFC 9990). In memory, and written once a minute: a crash
 * loses a minute of counts and no mail.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class DmarcCounts {
    private static final System.Logger LOG = System.getLogger(DmarcCounts.class.getName());

    /** Different ones a minute: whoever sends from a million domains is not counted one by one. */
    private static final int MOST = 10_000;

    private static final int LONGEST = 500;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final Map<DmarcRow, Long> waiting = new ConcurrentHashMap<>();
    private Duration keep = DmarcSettings.STANDARD.keep();

    @PostConstruct
    void configure() {
        keep = DmarcSettings.of(Settings.current()).keep();
    }

    /** One message. What nobody published a record for, nobody wants to hear of. */
    public void count(InetAddress source, Findings findings, String disposition, String override) {
        var dmarc = findings.dmarc();
        var record = dmarc.record();
        if (record == null || waiting.size() >= MOST) {
            return;
        }
        var row = new DmarcRow(
                LocalDate.now(ZoneOffset.UTC),
                cut(dmarc.from()),
                cut(record.domain() + " " + record.text()),
                source.getHostAddress(),
                disposition,
                override,
                dmarc.dkim(),
                dmarc.spf(),
                cut(signatures(findings)),
                cut(findings.spf().domain() + " " + (findings.spf().helo() ? "helo" : "mfrom") + " "
                        + findings.spf().result().word()),
                0);
        waiting.merge(row, 1L, Long::sum);
    }

    private static String signatures(Findings findings) {
        return findings.dkim().stream()
                .map(each -> word(each.domain()) + " " + word(each.selector()) + " "
                        + each.result().word())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String word(String text) {
        return text.isEmpty() ? "?" : text.replaceAll("\\s", "?");
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[^ -~\n]", "?");
    }

    @Schedule(hour = "*", minute = "*", second = "17", persistent = false)
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void write() {
        var taken = new ArrayList<Map.Entry<DmarcRow, Long>>();
        for (var row : waiting.keySet()) {
            var count = waiting.remove(row);
            if (count != null) {
                taken.add(Map.entry(row, count));
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        // In one order, so that two nodes do not wait for each other in a circle.
        taken.sort(Comparator.comparing(entry -> entry.getKey().toString()));
        try (var connection = database.getConnection()) {
            DmarcTable.add(connection, taken);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "dmarc status=not-counted cause=" + OneLine.of(e.toString(), 300));
        }
    }

    /**
     * The newest days first, and what came most often.
     *
     * @param domain of From or of whose record it was; empty: all
     * @param since the first day
     */
    public List<DmarcRow> list(String domain, LocalDate since, int most) {
        try (var connection = database.getConnection()) {
            return DmarcTable.list(connection, domain, since, most);
        } catch (SQLException e) {
            throw new IllegalStateException("the counts of DMARC cannot be read", e);
        }
    }

    /** The same in sum, by domain of From. */
    public List<DmarcSum> sums(LocalDate since, int most) {
        try (var connection = database.getConnection()) {
            return DmarcTable.sums(connection, since, most);
        } catch (SQLException e) {
            throw new IllegalStateException("the counts of DMARC cannot be read", e);
        }
    }

    @Schedule(hour = "3", minute = "41", persistent = false)
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void drop() {
        var before = LocalDate.now(ZoneOffset.UTC).minusDays(keep.toDays());
        try (var connection = database.getConnection()) {
            DmarcTable.drop(connection, before);
        } catch (SQLException e) {
            throw new IllegalStateException("old counts of DMARC were not removed", e);
        }
    }

    @PreDestroy
    void close() {
        write();
    }
}
