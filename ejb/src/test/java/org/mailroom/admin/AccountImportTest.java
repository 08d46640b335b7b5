package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;

/** Accounts from a table: what is wrong with which line, and all lines or none unless somebody says otherwise. */
class AccountImportTest {
    private static final String MIXED = """
            address,displayName,quotaOctets,aliases
            ann@here.test,"Ann ""A."" Miller, Ltd",1000000,a.m@here.test am@here.test
            bob@here.test,Bob,many,
            known@here.test,,,
            x@there.test,,,
            ann@here.test,Ann again,,
            """;

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final AccountImport admin = house.bean(AccountImport.class);
    private final AccountAdmin accounts = house.bean(AccountAdmin.class);

    @BeforeEach
    void a_domain() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'known')");
        }
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private List<ImportedAccount> run(String csv, boolean dryRun, boolean perLine) throws Exception {
        return ask(() -> admin.run(csv, dryRun, perLine));
    }

    @Test
    void a_dry_run_says_of_each_line_what_is_wrong_and_adds_nothing() throws Exception {
        assertThat(run(MIXED, true, true))
                .extracting(line -> line.line() + " " + line.outcome() + " " + line.text())
                .containsExactly(
                        "2 new ",
                        "3 refused A quota is a number above 0, or nothing for no limit",
                        "4 refused known@here.test is there already",
                        "5 refused There is no domain there.test; add it first",
                        "6 refused ann@here.test stands there twice");
        assertThat(ask(() -> accounts.find("ann@here.test"))).isEmpty();
    }

    @Test
    void one_wrong_line_keeps_all_from_being_added_unless_lines_count_alone() throws Exception {
        assertThat(run(MIXED, false, false)).noneMatch(line -> line.outcome().equals("added"));
        assertThat(ask(() -> accounts.find("ann@here.test"))).isEmpty();
        var done = run(MIXED, false, true);
        assertThat(done)
                .extracting(ImportedAccount::outcome)
                .containsExactly("added", "refused", "refused", "refused", "refused");
        assertThat(done.getFirst().password()).hasSize(20);
        assertThat(ask(() -> accounts.find("ann@here.test"))).hasValueSatisfying(ann -> {
            assertThat(ann.displayName()).isEqualTo("Ann \"A.\" Miller, Ltd");
            assertThat(ann.quotaOctets()).isEqualTo(1_000_000);
            assertThat(ann.aliases()).contains("a.m@here.test", "am@here.test");
        });
    }

    @Test
    void a_spreadsheet_in_german_divides_by_semicolons_and_a_password_may_stand_there() throws Exception {
        var done = run(
                "\uFEFFAddress;Password;DisplayName\r\nole@here.test;four words and more;Öle\r\n;;\r\n", false, false);
        assertThat(done).singleElement().satisfies(line -> {
            assertThat(line.outcome()).isEqualTo("added");
            assertThat(line.password()).isNull();
        });
        assertThat(ask(() -> accounts.find("ole@here.test")).orElseThrow().displayName())
                .isEqualTo("Öle");
        assertThat(run("address,password\nsix@here.test,123\n", true, false)
                        .getFirst()
                        .outcome())
                .isEqualTo("refused");
    }

    @Test
    void what_is_no_table_of_accounts_is_refused_as_a_whole() {
        for (var wrong : new String[][] {
            {"", "names the columns"},
            {"address\n", "names the columns"},
            {"name,address\nx,y@here.test\n", "no column \"name\""},
            {"displayName\nAnn\n", "One column is the address"},
            {"address,address\na@here.test,b@here.test\n", "none stands there twice"},
            {"address\n\"ann@here.test\n", "quotation mark"},
            {"address\n" + "x@here.test\n".repeat(1001), "No more than 1000"}
        }) {
            assertThatThrownBy(() -> run(wrong[0], true, false))
                    .isInstanceOfSatisfying(
                            AdminException.class, e -> assertThat(e.text()).contains(wrong[1]));
        }
    }
}
