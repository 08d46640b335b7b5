package org.mailroom.admin;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of what changed in the settings, on a connection. */
record SettingLog(Connection connection) {
    private static final String LAST = """
            SELECT DISTINCT ON (key) key, after_value, verifier FROM setting_change
            WHERE node = ? ORDER BY key, id DESC""";
    private static final String ADD = """
            INSERT INTO setting_change (at, node, key, before_value, after_value, verifier, source, file_owner, file_written)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String FITS =
            " FROM setting_change WHERE position(? in lower(key)) > 0 OR position(? in lower(node)) > 0";
    private static final String FIND =
            "SELECT at, node, key, before_value, after_value, source, file_owner, file_written" + FITS
                    + " ORDER BY id DESC LIMIT ? OFFSET ?";

    /** @param verifier null where the value is no secret, or is the default */
    record Known(String value, @Nullable String verifier) {}

    /** With what a node started last, by key. Not there: the default, always. */
    Map<String, Known> last(String node) throws SQLException {
        try (var query = connection.prepareStatement(LAST)) {
            query.setString(1, node);
            var known = new HashMap<String, Known>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    known.put(rows.getString(1), new Known(rows.getString(2), rows.getString(3)));
                }
            }
            return known;
        }
    }

    void add(SettingChange change, @Nullable String verifier) throws SQLException {
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setObject(1, change.at().atOffset(ZoneOffset.UTC));
            insert.setString(2, change.node());
            insert.setString(3, change.key());
            insert.setString(4, change.before());
            insert.setString(5, change.after());
            insert.setString(6, verifier);
            insert.setString(7, change.source());
            insert.setString(8, change.owner());
            var written = change.written();
            insert.setObject(9, written == null ? null : written.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    Page<SettingChange> find(String filter, int offset, int limit) throws SQLException {
        var part = filter.toLowerCase(Locale.ROOT);
        try (var query = connection.prepareStatement(FIND);
                var count = connection.prepareStatement("SELECT count(*)" + FITS)) {
            for (int i = 1; i <= 2; i++) {
                query.setString(i, part);
                count.setString(i, part);
            }
            query.setInt(3, limit);
            query.setInt(4, offset);
            try (var rows = query.executeQuery();
                    var total = count.executeQuery()) {
                total.next();
                return new Page<>(read(rows), total.getLong(1));
            }
        }
    }

    private static List<SettingChange> read(ResultSet rows) throws SQLException {
        var found = new ArrayList<SettingChange>();
        while (rows.next()) {
            @Nullable OffsetDateTime written = rows.getObject(8, OffsetDateTime.class);
            found.add(new SettingChange(
                    time(rows.getObject(1, OffsetDateTime.class)),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getString(5),
                    rows.getString(6),
                    rows.getString(7),
                    written == null ? null : time(written)));
        }
        return found;
    }

    private static Instant time(OffsetDateTime at) {
        return at.toInstant();
    }
}
