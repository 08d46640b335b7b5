package org.mailroom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;

class DurabilityTest {
    @Test
    void what_may_forget_a_commit_is_named_with_the_cure() throws Exception {
        // The server of the tests runs with fsync off.
        try (var connection = TestDatabase.fresh().getConnection();
                var statement = connection.createStatement()) {
            assertThat(Durability.unsafe(connection))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("fsync off", "fsync = on", "mail.database.unsafe=true")
                            .doesNotContain("synchronous_commit"));
            statement.execute("SET synchronous_commit = off");
            assertThat(Durability.unsafe(connection))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("fsync and synchronous_commit off", "synchronous_commit = on"));
        }
    }

    @Test
    void a_current_postgresql_in_utf_8_is_fit() throws Exception {
        try (var connection = TestDatabase.fresh().getConnection()) {
            assertThat(Durability.unfit(connection)).isEmpty();
        }
    }

    @Test
    void a_database_in_another_encoding_is_not() throws Exception {
        var database = TestDatabase.fresh();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        }
        var latin = database.unwrap(org.postgresql.ds.PGSimpleDataSource.class);
        latin.setDatabaseName("latin");
        try (var connection = latin.getConnection()) {
            assertThat(Durability.unfit(connection))
                    .hasValueSatisfying(problem -> assertThat(problem).contains("LATIN1", "ENCODING 'UTF8'"));
        }
    }
}
