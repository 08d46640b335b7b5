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
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.dns.Dns;
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

    private Web web;
    private StsTable table;
    private Protections protections;
    private TlsResults results;
    private TlsReports reports;
    private TransportSettings settings;

    @PostConstruct
    void start() {
        begin(database, names.dns(), TransportSettings.of(Settings.current()));
    }

    private void begin(DataSource counts, Dns dns, TransportSettings how) {
        database = counts;
        settings = how;
        try {
            web = new Web(dns, settings.authorities().context().getSocketFactory(), settings.fetch());
        } catch (IOException | GeneralSecurityException e) {
            throw Settings.wrong(
                    "mail.tls.authorities", settings.authorities().file(), "a file of certificates in PEM: " + e);
        }
        table = new StsTable(database);
        results = new TlsResults(true, Clock.systemUTC());
        var fetch = new StsFetch(web, StsFetch::wellKnown);
        var policies = new StsPolicies(dns, fetch, table, results, Clock.systemUTC());
        protections = new Protections(dns, policies::find, settings);
        reports = new TlsReports(database, dns, settings);
    }

    /** Without a container. */
    static TransportSecurity of(DataSource database, Dns dns, TransportSettings settings) {
        var security = new TransportSecurity();
        security.begin(database, dns, settings);
        return security;
    }

    public Protections protections() {
        return protections;
    }

    /** Who may vouch for hosts. */
    public Authorities authorities() {
        return settings.authorities();
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
                post(report, place);
            }
        }
    }

    private void post(TlsReport report, String place) {
        try {
            int status = web.post(place, "application/tlsrpt+gzip", report.compressed())
                    .status();
            if (status / 100 != 2) {
                throw new IOException("the web server answered " + status);
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "tls-report domain=" + OneLine.of(report.domain(), 260) + " status=not-posted cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
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
    }
}
