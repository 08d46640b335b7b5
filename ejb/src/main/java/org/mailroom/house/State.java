package org.mailroom.house;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** How the house fares, in one line. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class State {
    private static final int SECONDS = 5;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private OpenWire wire;

    /** Why Mailroom cannot serve; empty where it can. */
    public String problem() {
        try (var connection = database.getConnection()) {
            if (!connection.isValid(SECONDS)) {
                return "the database does not answer";
            }
        } catch (SQLException e) {
            return "the database does not answer";
        }
        return wire.problem();
    }

    /** Why no more clients should be sent here; empty where they may come. */
    public String unready() {
        var problem = problem();
        return problem.isEmpty() && wire.isDraining() ? "this node is being drained" : problem;
    }
}
