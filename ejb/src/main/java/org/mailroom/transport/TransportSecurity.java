package org.mailroom.transport;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.dns.NameService;
import org.mailroom.trace.OneLine;

/** The one place that knows how mail between hosts is protected, and how that went. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TransportSecurity {
    private static final System.Logger LOG = System.getLogger(TransportSecurity.class.getName());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @EJB
    private NameService names;

    private StsFetch fetch;
    private StsTable table;
    private Protections protections;
    private TlsResults results;
    private TlsReports reports;
    private TransportSettings settings;

    @PostConstruct
    void start() {
        settings = TransportSettings.of(Settings.current());
        try {
            fetch = new StsFetch(settings.fetch(), SSLContext.getDefault(), StsFetch::wellKnown);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no TLS on this platform", e);
        }
        table = new StsTable(database);
        results = new TlsResults(true, Clock.systemUTC());
        var policies = new StsPolicies(names.dns(), fetch, table, results, Clock.systemUTC());
        protections = new Protections(names.dns(), policies::find, settings);
        reports = new TlsReports(database, names.dns(), settings);
    }

    public Protections protections() {
        return protections;
    }

    /** Where each connection is counted. */
    public TlsResults results() {
        return results;
    }

    /** What is to be told of the days before today. Each is handed out once, to whichever node asks first. */
    public List<TlsReport> dueReports() {
        try {
            return !settings.reports() ? List.of() : reports.take(LocalDate.now(ZoneOffset.UTC));
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "tls-report status=not-made cause=" + OneLine.of(String.valueOf(e.getMessage()), 300));
            return List.of();
        }
    }

    /** How connections went, the newest days first. @param domain empty: all */
    public List<TlsRow> kept(String domain, LocalDate since, int most) {
        try (var connection = database.getConnection()) {
            return TlsTable.list(connection, domain, since, most);
        } catch (SQLException e) {
            throw new IllegalStateException("the counts of TLS cannot be read", e);
        }
    }

    /** The same in sum, by domain. */
    public List<TlsSum> sums(LocalDate since, int most) {
        try (var connection = database.getConnection()) {
            return TlsTable.sums(connection, since, most);
        } catch (SQLException e) {
            throw new IllegalStateException("the counts of TLS cannot be read", e);
        }
    }

    /** Hands a report to the web servers that it is meant for, once. */
    public void post(TlsReport report) {
        for (var place : report.places()) {
            if (place.startsWith("https://")) {
                try {
                    fetch.post(place, "application/tlsrpt+gzip", report.compressed());
                } catch (IOException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "tls-report domain=" + OneLine.of(report.domain(), 260) + " status=not-posted cause="
                                    + OneLine.of(String.valueOf(e.getMessage()), 300));
                }
            }
        }
    }

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    public void writeDown() {
        try {
            results.flush(database);
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "tls-report status=not-counted cause=" + OneLine.of(String.valueOf(e.getMessage()), 300));
        }
    }

    @Schedule(hour = "3", minute = "17", persistent = false)
    public void forget() {
        try (var connection = database.getConnection()) {
            table.forgetExpired();
            TlsTable.drop(
                    connection,
                    LocalDate.now(ZoneOffset.UTC).minusDays(settings.keep().toDays()));
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "mta-sts status=not-forgotten cause=" + OneLine.of(String.valueOf(e.getMessage()), 300));
        }
    }

    @PreDestroy
    void stop() {
        writeDown();
        fetch.close();
    }
}
