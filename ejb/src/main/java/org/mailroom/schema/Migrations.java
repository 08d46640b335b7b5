package org.mailroom.schema;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.mailroom.config.Settings;

/**
 * Brings the schema up to date. It is the first bean to start: whoever touches the database at its own start, or by a timer, says
 * {@code @DependsOn("Migrations")}.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
// Flyway commits each script by itself, on connections of its own.
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private volatile String version = "";

    @PostConstruct
    void migrate() {
        var settings = SchemaSettings.of(Settings.current());
        try (var connection = database.getConnection()) {
            Durability.unfit(connection).ifPresent(Migrations::refuse);
            var unsafe = Durability.unsafe(connection);
            if (settings.unsafe()) {
                unsafe.ifPresent(text -> LOG.log(Level.WARNING, "database unsafe=permitted " + text));
            } else {
                unsafe.ifPresent(Migrations::refuse);
            }
        } catch (SQLException e) {
            refuse("the database of jdbc/mail does not answer: " + e.getMessage());
        }
        version = apply(database);
    }

    /** Said in one line of its own, because what the container makes of the exception takes two hundred. */
    private static void refuse(String problem) {
        LOG.log(Level.ERROR, "start status=refused problem=" + problem);
        throw new IllegalStateException(problem);
    }

    /** Applies what is missing and tells the version that the schema then has. */
    static String apply(DataSource database) {
        var flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .load();
        var result = flyway.migrate();
        var version = String.valueOf(flyway.info().current().getVersion());
        LOG.log(Level.INFO, "schema version={0} applied={1}", version, result.migrationsExecuted);
        return version;
    }

    /** Of the schema. */
    public String version() {
        return version;
    }
}
