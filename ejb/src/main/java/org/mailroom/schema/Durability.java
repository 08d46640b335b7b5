package org.mailroom.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a database keeps its promises: mail that was answered with 250 must outlive a loss of power. */
final class Durability {
    /** UNIQUE NULLS NOT DISTINCT came with it. */
    private static final int OLDEST = 150000;

    private Durability() {}

    /** Why Mailroom cannot run there at all, and how to mend it. */
    static Optional<String> unfit(Connection connection) throws SQLException {
        var product = connection.getMetaData().getDatabaseProductName();
        if (!"PostgreSQL".equals(product)) {
            return Optional.of(
                    "the database of jdbc/mail is " + product + ", and Mailroom needs PostgreSQL 15 or newer");
        }
        if (Integer.parseInt(show(connection, "server_version_num")) < OLDEST) {
            return Optional.of("PostgreSQL " + show(connection, "server_version")
                    + " is too old: Mailroom needs 15 or newer; upgrade the server");
        }
        if (!"UTF8".equals(show(connection, "server_encoding"))) {
            return Optional.of("the database holds text in " + show(connection, "server_encoding")
                    + ": make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
        }
        return Optional.empty();
    }

    /** Why mail would not be safe there, and how to mend it. */
    static Optional<String> unsafe(Connection connection) throws SQLException {
        var off = new ArrayList<String>();
        for (var name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            if ("off".equals(show(connection, name))) {
                off.add(name);
            }
        }
        return off.isEmpty() ? Optional.empty() : Optional.of(cure(off));
    }

    private static String cure(List<String> off) {
        return "PostgreSQL runs with " + String.join(" and ", off)
                + " off, so a crash may lose mail that was accepted. Set "
                + String.join(" = on, ", off)
                + " = on in postgresql.conf (or ALTER SYSTEM, ALTER ROLE, ALTER DATABASE) and"
                + " reload the server; for a trial whose mail may be lost, set mail.database.unsafe=true";
    }

    private static String show(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
