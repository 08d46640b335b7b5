package org.mailroom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Persistence;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Resolution;
import org.mailroom.directory.RoutePlan;
import org.mailroom.login.Passwords;
import org.postgresql.ds.PGSimpleDataSource;

/** Data of every release, brought to today's schema: it is all there, and today's code reads it. */
class UpgradeTest {
    private final DataSource database = upgraded();

    private static DataSource upgraded() {
        try {
            var server = TestDatabase.fresh();
            var name = "upgrade" + System.nanoTime();
            execute(server, "CREATE DATABASE " + name);
            var database = server.unwrap(PGSimpleDataSource.class);
            database.setDatabaseName(name);
            var versions = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .load()
                    .info()
                    .all();
            for (var migration : versions) {
                rise(database, String.valueOf(migration.getVersion()));
            }
            Migrations.apply(database);
            return database;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Brings it to a version, and fills what that version brought, from {@code v<version>.sql} if there is one. */
    private static void rise(DataSource database, String version) throws Exception {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .target(version)
                .load()
                .migrate();
        try (var fixture = UpgradeTest.class.getResourceAsStream("v" + version + ".sql")) {
            if (fixture != null) {
                execute(database, new String(fixture.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Test
    void the_fixtures_have_something_in_every_table() throws Exception {
        var tables = column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                + " AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'");
        assertThat(tables).contains("message", "queued_recipient", "trace");
        for (var table : tables) {
            assertThat(column("SELECT count(*) FROM " + table)).as(table).doesNotContain("0");
        }
    }

    @Test
    void a_second_upgrade_finds_nothing_to_do() {
        var version = Migrations.apply(database);
        assertThat(Migrations.apply(database)).isEqualTo(version);
    }

    @Test
    void accounts_still_receive_and_log_in() throws Exception {
        var directory = new TestHouse(database).bean(Directory.class);
        var ada = new Resolution.Local(new AccountId(1), "ada@first.example");
        assertThat(directory.resolve("Ada@first.example")).isEqualTo(ada);
        assertThat(directory.resolve("postmaster@bücher.example")).isEqualTo(ada);
        assertThat(directory.resolve("ben@xn--bcher-kva.example")).isInstanceOf(Resolution.Disabled.class);
        assertThat(directory.route("elsewhere.example", "ada@first.example").map(RoutePlan::toString))
                .hasValue("smtp://192.0.2.1:25");
        var verifier = column("SELECT verifier FROM account WHERE id = 1").getFirst();
        assertThat(new Passwords().check("ada", verifier, "password").right()).isTrue();
    }

    @Test
    void messages_keep_their_octets_uids_and_flags() throws Exception {
        assertThat(column("SELECT length(m.octets) + length(c.octets) || ' ' || m.size FROM message m"
                        + " JOIN message_chunk c ON c.message_id = m.id"))
                .containsExactly("262150 262150");
        assertThat(
                        column(
                                "SELECT concat_ws(' ', mailbox_id, uid, message_id, modseq, flags, size) FROM mailbox_entry ORDER BY uid"))
                .containsExactly("1 3 1 5 257 262150", "1 7 2 12 0 4");
        assertThat(
                        column(
                                "SELECT concat_ws(' ', name, uid_validity, uid_next, messages, unseen, octets, keywords) FROM mailbox ORDER BY id"))
                .containsExactly("INBOX 1 8 2 1 262154 {$Forwarded}", "Sent/Übung 2 1 0 0 0 {}");
        assertThat(column("SELECT subject FROM message WHERE id = 1")).containsExactly("Grüße");
    }

    @Test
    void the_queue_goes_on_where_it_stood() throws Exception {
        assertThat(column(
                        "SELECT concat_ws(' ', m.queue_id, r.address, r.state, r.attempts, r.last_status) FROM queued_message m"
                                + " JOIN queued_recipient r ON r.queued_id = m.id"))
                .containsExactly("K7X2 x@elsewhere.example waiting 2 4.3.0");
    }

    /** The scripts make the schema and the entities describe it: this holds the two together. */
    @Test
    void every_entity_reads_its_table() {
        var factory = Persistence.createEntityManagerFactory(
                "mail",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", database,
                        "eclipselink.weaving", "false",
                        "eclipselink.logging.level", "OFF"));
        try (factory;
                var entities = factory.createEntityManager()) {
            var read = new TreeSet<String>();
            for (var entity : factory.getMetamodel().getEntities()) {
                var rows = entities.createQuery("SELECT e FROM " + entity.getName() + " e", entity.getJavaType())
                        .setMaxResults(5)
                        .getResultList();
                assertThat(rows).as(entity.getName()).isNotEmpty();
                read.add(entity.getName());
            }
            assertThat(read).contains("Domain", "Account", "AccountRole", "Alias", "Route", "AuditEntry");
        }
    }
}
