package org.mailroom.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestDatabase;
import org.mailroom.config.Secrets;

class AcmeTableTest {
    private static final AcmePlan PLAN = new AcmePlan(
            "https://acme.test/dir", "https://acme.test/terms", "", List.of("mail.here.test", "imap.here.test"));
    private static final Given GIVEN = new Given("the chain", "the private key");
    private static final Instant UNTIL = Instant.now().plus(90, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    private Path folder;

    private final DataSource database = TestDatabase.fresh();
    private AcmeTable table;

    @BeforeEach
    void open() {
        table = new AcmeTable(database, new Secrets(folder.resolve("key")));
        table.put(PLAN);
    }

    private boolean stands(String text) throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement("SELECT count(*) FROM acme a WHERE a::text LIKE '%' || ? || '%'")) {
            query.setString(1, text);
            try (var row = query.executeQuery()) {
                return row.next() && row.getInt(1) > 0;
            }
        }
    }

    @Test
    void plan_is_kept_and_another_authority_gets_another_account() throws Exception {
        assertThat(table.plan()).contains(PLAN);
        var key = AccountKey.text(table.accountKey());
        table.put(new AcmePlan(PLAN.directory(), "", "me@here.test", List.of("mail.here.test")));
        assertThat(AccountKey.text(table.accountKey())).isEqualTo(key);
        assertThat(stands(key)).isFalse();
        table.put(new AcmePlan("https://other.test/dir", "", "", PLAN.names()));
        assertThat(AccountKey.text(table.accountKey())).isNotEqualTo(key);
        assertThat(table.remove()).isTrue();
        assertThat(table.plan()).isEmpty();
        assertThat(table.remove()).isFalse();
    }

    @Test
    void one_node_orders_at_a_time() {
        assertThat(table.lease(Duration.ofMinutes(5))).isTrue();
        table.step("directory", true, "there");
        assertThat(table.lease(Duration.ofMinutes(5))).isFalse();
        assertThat(table.progress().ordering()).isTrue();
        assertThat(table.progress().steps()).extracting(AcmeStep::said).containsExactly("there");
        table.succeed(GIVEN, UNTIL, UNTIL);
        assertThat(table.progress().ordering()).isFalse();
        assertThat(table.lease(Duration.ofMinutes(5))).isTrue();
        assertThat(table.progress().steps()).isEmpty();
    }

    @Test
    void lease_of_a_node_that_died_runs_out() {
        assertThat(table.lease(Duration.ZERO)).isTrue();
        assertThat(table.lease(Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void what_was_given_is_there_for_every_node_and_its_key_is_sealed() throws Exception {
        assertThat(table.given()).isEmpty();
        table.succeed(GIVEN, UNTIL, UNTIL);
        assertThat(table.given()).isPresent();
        assertThat(table.certificate()).contains(GIVEN);
        assertThat(table.progress().until()).isEqualTo(UNTIL);
        assertThat(stands("the chain")).isTrue();
        assertThat(stands("the private key")).isFalse();
    }

    @Test
    void it_is_due_when_its_time_has_come_and_nobody_is_at_it() {
        assertThat(table.isDue()).isFalse();
        table.succeed(GIVEN, UNTIL, Instant.now().plusSeconds(60));
        assertThat(table.isDue()).isFalse();
        table.succeed(GIVEN, UNTIL, Instant.now().minusSeconds(60));
        assertThat(table.isDue()).isTrue();
        assertThat(table.lease(Duration.ofMinutes(5))).isTrue();
        assertThat(table.isDue()).isFalse();
    }

    @Test
    void failure_is_one_line_and_takes_nothing_away() {
        table.succeed(GIVEN, UNTIL, UNTIL);
        table.fail(new AcmeFailure("proof", "no\r\nroute " + "x".repeat(1000)), null);
        assertThat(table.progress().trouble())
                .startsWith("no\\x0d\\x0aroute xx")
                .hasSize(500);
        assertThat(table.progress().next()).isNull();
        assertThat(table.progress().steps().getLast().good()).isFalse();
        assertThat(table.certificate()).contains(GIVEN);
        table.succeed(GIVEN, UNTIL, UNTIL);
        assertThat(table.progress().trouble()).isEmpty();
    }

    @Test
    void answers_are_found_by_their_token_for_a_while() {
        var answers = new Answers(database);
        var token = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";
        answers.put(token, token + ".thumbprint");
        assertThat(answers.find(token)).contains(token + ".thumbprint");
        assertThat(answers.find(token + "'")).isEmpty();
        assertThat(answers.find("")).isEmpty();
        answers.clear();
        assertThat(answers.find(token)).isEmpty();
    }
}
