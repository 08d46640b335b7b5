package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.directory.MailAddress;

/** MS-ADTS §3.1.1.3.1.3.3: a group with more members than are handed out at a time. */
class RangesTest {
    private TestCompany company;

    @BeforeEach
    void everybody_is_on_one_list() throws Exception {
        company = new TestCompany("role.auditor = all", "group-address = description");
        var all = SampleCompany.group(
                "all",
                IntStream.rangeClosed(1, SampleCompany.PEOPLE)
                        .mapToObj(SampleCompany::dn)
                        .toArray(String[]::new));
        company.server.add(all);
        company.server.modify(all.getDN(), new Modification(ModificationType.ADD, "description", "all@corp.test"));
    }

    @AfterEach
    void close() {
        company.close();
    }

    private SyncRun run() {
        return new Sync(company.directory, company.newcomers, company.sources)
                .run("corp", false)
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 499, 500})
    void all_its_members_are_read(int most) throws Exception {
        company.values.most = most;
        assertThat(run().outcome()).isEqualTo("done");
        assertThat(company.select("SELECT count(*) FROM group_member")).isEqualTo("500");
        assertThat(company.select("SELECT count(*) FROM account_role")).isEqualTo("500");
    }

    @Test
    void an_answer_that_breaks_off_changes_nothing() throws Exception {
        company.values.most = 100;
        company.values.breaksOff = true;
        var run = run();
        assertThat(run.outcome()).isEqualTo("failed");
        assertThat(run.report())
                .containsExactly("the directory does not answer: the values of member break off at 100");
        assertThat(company.select("SELECT count(*) FROM account")).isEqualTo("0");
    }

    @Test
    void of_somebody_in_many_groups_all_are_read() throws Exception {
        company.put(company.plan("role.auditor = it", "membership = member-of"));
        company.values.most = 6;
        company.values.memberOf.put(
                SampleCompany.dn(4),
                IntStream.rangeClosed(1, 20).mapToObj(RangesTest::group).toList());
        // The last of them is in another, and that in the first: groups in groups, and round in a circle.
        company.values.memberOf.put(group(20), List.of("cn=it,ou=groups," + SampleCompany.BASE));
        company.values.memberOf.put("cn=it,ou=groups," + SampleCompany.BASE, List.of(group(1)));
        for (int number : new int[] {1, 20}) {
            company.server.add(SampleCompany.group("club" + number, SampleCompany.dn(4)));
        }
        company.directory.ask(MailAddress.parseOurs(SampleCompany.address(4)));
        company.directory.ask(MailAddress.parseOurs(SampleCompany.address(3)));
        assertThat(company.select(
                        "SELECT local_part || ' ' || role FROM account_role JOIN account a ON a.id = account_id"))
                .isEqualTo("user4 auditor");
    }

    private static String group(int number) {
        return "cn=club" + number + ",ou=groups," + SampleCompany.BASE;
    }
}
