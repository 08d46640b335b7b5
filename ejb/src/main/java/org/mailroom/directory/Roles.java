package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;

/** What accounts may do everywhere. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Roles {
    private static final String SQL = "SELECT role FROM account_role WHERE account_id = ? AND domain_id IS NULL";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public Roles() {}

    Roles(DataSource database) {
        this.database = database;
    }

    /** @param always a role that everybody has */
    public Set<String> of(AccountId account, String always) {
        var roles = new TreeSet<String>();
        roles.add(always);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, account.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    roles.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
        return Set.copyOf(roles);
    }
}
