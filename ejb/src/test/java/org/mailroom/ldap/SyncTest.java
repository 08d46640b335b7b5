package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** All of the sample company compared with our accounts, again and again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyncTest {
    private static final String HELPDESK = "cn=helpdesk,ou=groups," + SampleCompany.BASE;

    private static TestCompany company;
    private static Sync sync;

    @BeforeAll
    static void a_company_with_a_distribution_list() throws Exception {
        company = new TestCompany("role.auditor = it", "group-address = description");
        company.server.modify(HELPDESK, new Modification(ModificationType.ADD, "description", "helpdesk@corp.test"));
        company.server.modify(
                "cn=it,ou=groups," + SampleCompany.BASE,
                new Modification(ModificationType.ADD, "description", "it@corp.test"));
        sync = new Sync(company.directory, company.newcomers, company.sources);
    }

    @AfterAll
    static void close() {
        company.close();
    }

    private static SyncRun run(boolean dry) {
        return sync.run("corp", dry).orElseThrow();
    }

    private static String count(String of) throws Exception {
        return company.select("SELECT count(*) FROM " + of);
    }

    @Test
    @Order(1)
    void a_dry_run_tells_and_does_nothing() throws Exception {
        var run = run(true);
        assertThat(run.outcome()).isEqualTo("done");
        assertThat(run.appeared()).isEqualTo(SampleCompany.PEOPLE);
        assertThat(run.report()).contains("new: user1@corp.test");
        assertThat(count("account")).isEqualTo("0");
        assertThat(count("mail_group")).isEqualTo("0");
    }

    @Test
    @Order(2)
    void everybody_appears_with_lists_and_roles() throws Exception {
        assertThat(run(false).appeared()).isEqualTo(SampleCompany.PEOPLE);
        assertThat(count("account")).isEqualTo("500");
        assertThat(company.select("SELECT DISTINCT count(*) FROM mailbox GROUP BY account_id"))
                .isEqualTo("6");
        assertThat(company.select("SELECT address FROM group_member m JOIN mail_group g ON g.id = group_id"
                        + " WHERE local_part = 'it' ORDER BY 1"))
                .isEqualTo("helpdesk@corp.test user3@corp.test");
        assertThat(company.select("SELECT local_part FROM account_role JOIN account a ON a.id = account_id ORDER BY 1"))
                .isEqualTo("user1 user2 user3");
    }

    @Test
    @Order(3)
    void a_second_comparison_changes_nothing() {
        var run = run(false);
        assertThat(run.appeared() + run.changed() + run.removed()).isZero();
        assertThat(run.report()).isEmpty();
    }

    @Test
    @Order(4)
    void who_is_gone_is_disabled_and_keeps_what_he_has_and_comes_back() throws Exception {
        company.server.delete(SampleCompany.dn(500));
        assertThat(run(false).removed()).isEqualTo(1);
        assertThat(company.select("SELECT enabled FROM account WHERE local_part = 'user500'"))
                .isEqualTo("false");
        assertThat(count("account")).isEqualTo("500");
        // Somebody of the same name is somebody else, until an administrator says otherwise.
        company.server.add(SampleCompany.person(500));
        assertThat(run(false).report()).anyMatch(line -> line.contains("belongs to another account"));
        assertThat(company.select("SELECT enabled FROM account WHERE local_part = 'user500'"))
                .isEqualTo("false");
    }

    @Test
    @Order(5)
    void who_was_disabled_here_stays_so() throws Exception {
        company.sql("UPDATE account SET enabled = false WHERE local_part = 'user10'");
        company.server.modify(SampleCompany.dn(10), new Modification(ModificationType.REPLACE, "displayName", "Ten"));
        run(false);
        assertThat(company.select("SELECT display_name || enabled FROM account WHERE local_part = 'user10'"))
                .isEqualTo("Tenfalse");
    }

    /** What an administrator does about somebody who was deleted over there and made anew. */
    @Test
    @Order(6)
    void who_was_made_anew_gets_his_account_back_when_it_may_be_adopted() throws Exception {
        company.sql("UPDATE directory_source SET adopts = true");
        company.directory.expire();
        assertThat(run(false).report()).anyMatch(line -> line.startsWith("changed: user500@corp.test: adopted"));
        assertThat(company.select("SELECT enabled FROM account WHERE local_part IN ('user10', 'user500') ORDER BY id"))
                .isEqualTo("false true");
        company.sql("UPDATE directory_source SET adopts = false");
        company.directory.expire();
    }

    @Test
    @Order(7)
    void are_too_many_gone_nothing_is_changed() throws Exception {
        for (int i = 100; i < 160; i++) {
            company.server.delete(SampleCompany.dn(i));
        }
        var run = run(false);
        assertThat(run.outcome()).isEqualTo("stopped");
        assertThat(run.removed()).isEqualTo(60);
        assertThat(company.select("SELECT count(*) FROM account WHERE NOT enabled"))
                .isEqualTo("1");
    }

    @Test
    @Order(8)
    void a_directory_that_breaks_off_is_not_believed() throws Exception {
        company.server.shutDown(true);
        assertThat(run(false).outcome()).isEqualTo("failed");
        assertThat(company.select("SELECT outcome FROM directory_sync ORDER BY id DESC LIMIT 1"))
                .isEqualTo("failed");
    }
}
