package org.mailroom.rules;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** The rules as they are kept; in the caller's transaction. */
@ApplicationScoped
public class Rules {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<RulesChanged> changed;

    /** In the order in which they are asked. */
    public List<Rule.Written> list() {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("""
                        SELECT name, position, enabled, action, conditions, reason FROM policy_rule
                        ORDER BY position, name""");
                var rows = select.executeQuery()) {
            var rules = new ArrayList<Rule.Written>();
            while (rows.next()) {
                rules.add(new Rule.Written(
                        rows.getString(1),
                        rows.getInt(2),
                        rows.getBoolean(3),
                        Rule.Action.valueOf(rows.getString(4).toUpperCase(Locale.ROOT)),
                        List.of((String[]) rows.getArray(5).getArray()),
                        rows.getString(6)));
            }
            return rules;
        } catch (SQLException e) {
            throw new IllegalStateException("the rules were not read", e);
        }
    }

    /** Adds a rule, or puts it in the place of the one of its name. */
    public void put(Rule rule) {
        var written = rule.written();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO policy_rule (name, position, enabled, action, conditions, reason)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (name) DO UPDATE SET position = EXCLUDED.position, enabled = EXCLUDED.enabled,
                            action = EXCLUDED.action, conditions = EXCLUDED.conditions, reason = EXCLUDED.reason""")) {
            insert.setString(1, written.name());
            insert.setInt(2, written.position());
            insert.setBoolean(3, written.enabled());
            insert.setString(4, written.action().name().toLowerCase(Locale.ROOT));
            insert.setArray(
                    5, connection.createArrayOf("text", written.conditions().toArray()));
            insert.setString(6, written.reason());
            insert.executeUpdate();
            changed.fire(new RulesChanged());
        } catch (SQLException e) {
            throw new IllegalStateException("the rule was not written", e);
        }
    }

    /** False where there is none of this name. */
    public boolean remove(String name) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM policy_rule WHERE name = ?")) {
            delete.setString(1, name);
            changed.fire(new RulesChanged());
            return delete.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the rule was not removed", e);
        }
    }
}
