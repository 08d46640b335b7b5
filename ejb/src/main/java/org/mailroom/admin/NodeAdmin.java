package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.house.Nodes;

/** The servers on our database: who lives, who holds what, and who is to be drained. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class NodeAdmin {
    private static final String LIST = """
            SELECT n.name, n.started, n.seen, n.sessions, n.sending, n.draining, n.seen > now() - interval '35 seconds',
                (SELECT count(*) FROM queued_recipient r WHERE r.state = 'sending' AND starts_with(r.lease_node, n.name || '#')),
                (SELECT min(lease_until) FROM queued_recipient r
                    WHERE r.state = 'sending' AND starts_with(r.lease_node, n.name || '#')),
                (SELECT count(*) FROM maildrop_lock l WHERE l.node = n.name AND l.expires > now())
            FROM node n ORDER BY n.name""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Nodes nodes;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<NodeInfo> nodes() {
        try (var connection = database.getConnection()) {
            return read(connection, nodes.name());
        } catch (SQLException e) {
            throw new IllegalStateException("the nodes cannot be read", e);
        }
    }

    static List<NodeInfo> read(Connection connection, String own) throws SQLException {
        try (var query = connection.prepareStatement(LIST);
                var rows = query.executeQuery()) {
            var found = new ArrayList<NodeInfo>();
            while (rows.next()) {
                found.add(info(rows, own));
            }
            return found;
        }
    }

    private static NodeInfo info(ResultSet row, String own) throws SQLException {
        var name = row.getString(1);
        var state = !row.getBoolean(7) ? "silent" : row.getBoolean(6) ? "draining" : "serving";
        return new NodeInfo(
                name,
                state,
                name.equals(own),
                Objects.requireNonNull(time(row, 2)),
                Objects.requireNonNull(time(row, 3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(8),
                time(row, 9),
                row.getLong(10));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** A node that is drained takes no new clients and begins to send nothing; it hears of it within seconds. */
    public void drain(String name, boolean draining) throws AdminException {
        if (update("UPDATE node SET draining = " + draining + " WHERE name = ?", name) == 0) {
            throw new AdminException(Kind.NOT_FOUND, "There is no such node");
        }
        audit.write(draining ? "node.drain" : "node.resume", name, "");
    }

    /** One that is gone for good is not listed any more. */
    public void forget(String name) throws AdminException {
        if (update("DELETE FROM node WHERE name = ? AND seen < now() - interval '35 seconds'", name) == 0) {
            throw new AdminException(Kind.CONFLICT, "There is no such node, or it lives");
        }
        audit.write("node.forget", name, "");
    }

    private int update(String sql, String name) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the node was not changed", e);
        }
    }
}
