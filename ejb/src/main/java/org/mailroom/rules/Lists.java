package org.mailroom.rules;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** The lists as they are kept; in the caller's transaction. */
@ApplicationScoped
public class Lists {
    private static final String COLUMNS = "SELECT id, owner, subject, pattern, allow FROM policy_list";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<RulesChanged> changed;

    /** All of them, by owner. */
    public List<ListEntry> all() {
        return read(COLUMNS + " ORDER BY owner, subject, pattern");
    }

    public Optional<ListEntry> find(long id) {
        return read(COLUMNS + " WHERE id = " + id).stream().findFirst();
    }

    private List<ListEntry> read(String sql) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            var entries = new ArrayList<ListEntry>();
            while (rows.next()) {
                entries.add(entry(rows));
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException("the lists were not read", e);
        }
    }

    private static ListEntry entry(ResultSet row) throws SQLException {
        return new ListEntry(
                row.getLong(1),
                row.getString(2),
                ListEntry.Subject.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getBoolean(5));
    }

    /** Changes whenever an entry comes or goes; to compare, and nothing else. */
    String version() {
        try (var connection = database.getConnection();
                var select =
                        connection.prepareStatement("SELECT count(*) || '/' || coalesce(max(id), 0) FROM policy_list");
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the lists were not read", e);
        }
    }

    /** Adds an entry, or takes the place of the one for the same owner and pattern; returns it with its id. */
    public ListEntry put(ListEntry entry) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(
                        "DELETE FROM policy_list WHERE owner = ? AND subject = ? AND pattern = ?");
                var insert = connection.prepareStatement(
                        "INSERT INTO policy_list (owner, subject, pattern, allow) VALUES (?, ?, ?, ?) RETURNING id")) {
            for (var statement : List.of(delete, insert)) {
                statement.setString(1, entry.owner());
                statement.setString(2, entry.subject().word());
                statement.setString(3, entry.pattern());
            }
            delete.executeUpdate();
            insert.setBoolean(4, entry.allow());
            changed.fire(new RulesChanged());
            try (var row = insert.executeQuery()) {
                row.next();
                return new ListEntry(row.getLong(1), entry.owner(), entry.subject(), entry.pattern(), entry.allow());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the list was not written", e);
        }
    }

    /** False where there is none of this id. */
    public boolean remove(long id) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM policy_list WHERE id = ?")) {
            delete.setLong(1, id);
            changed.fire(new RulesChanged());
            return delete.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the list was not changed", e);
        }
    }
}
