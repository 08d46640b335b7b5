package org.mailroom.trace;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mailroom.config.Settings;

/** Turns the pages of the trace: at start and every few hours, on each node, whichever comes first. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
// Each partition is a transaction of its own.
@TransactionManagement(TransactionManagementType.BEAN)
public class TraceCalendar {
    private static final System.Logger LOG = System.getLogger(TraceCalendar.class.getName());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private int keep;

    @PostConstruct
    void configure() {
        keep = TraceSettings.of(Settings.current()).days();
        Sequel.remembers(keep);
        tend();
    }

    /** Makes and drops days. */
    @Schedule(hour = "*/3", minute = "17", persistent = false)
    public void tend() {
        try {
            new TracePartitions(database).tend(TracePartitions.today(), keep);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "trace partitions status=postponed", e);
        }
    }
}
