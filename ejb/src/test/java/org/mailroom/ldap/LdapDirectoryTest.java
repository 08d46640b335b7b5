package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.directory.AccountEnds;
import org.mailroom.directory.MailAddress;
import org.mailroom.login.PasswordSource.NoAnswerYet;

/** Accounts of the sample company as mail and logins meet them. */
class LdapDirectoryTest {
    private static TestCompany company;
    private static LdapDirectory directory;

    /** One for all tests, each of which has people of its own. */
    @BeforeAll
    static void a_company_whose_people_nobody_here_has_met() throws Exception {
        company = new TestCompany("role.administrator = it");
        directory = company.directory;
    }

    @AfterAll
    static void close() {
        company.close();
    }

    @BeforeEach
    void as_it_was_set_up() throws Exception {
        company.put(company.plan("role.administrator = it"));
    }

    private static MailAddress address(String text) throws Exception {
        return MailAddress.parseOurs(text);
    }

    private static String account(String name) throws Exception {
        return company.select("SELECT local_part || ':' || enabled FROM account WHERE local_part LIKE '" + name + "'");
    }

    private static String roles(String name) throws Exception {
        return company.select(
                "SELECT role FROM account_role JOIN account a ON a.id = account_id WHERE local_part = '" + name + "'");
    }

    @Test
    void somebody_gets_an_account_with_mailboxes_at_his_first_mail() throws Exception {
        assertThat(directory.covers("corp.test")).isTrue();
        assertThat(directory.isStranger(address("user7@corp.test"))).isFalse();
        assertThat(directory.ask(address("user7@corp.test"))).isTrue();
        assertThat(account("user7")).isEqualTo("user7:true");
        var his = " JOIN account a ON a.id = account_id WHERE a.local_part = 'user7' ORDER BY 1";
        assertThat(company.select("SELECT display_name FROM account WHERE local_part = 'user7'"))
                .isEqualTo("Úser 7");
        assertThat(company.select("SELECT name FROM mailbox" + his)).isEqualTo("Archive Drafts INBOX Junk Sent Trash");
        assertThat(company.select("SELECT alias.local_part FROM alias" + his)).isEqualTo("first7");
    }

    @Test
    void who_was_removed_here_stays_removed_and_comes_back_as_his_directory_says() throws Exception {
        company.put(company.plan("disabled = employeeType=left"));
        var ends = company.house.bean(AccountEnds.class);
        directory.ask(address("user31@corp.test"));
        company.in(() -> ends.remove(address("user31@corp.test"), Instant.now().plusSeconds(3600)));
        employee(31, "left");
        assertThat(account("user31")).isEqualTo("user31:false");
        company.in(() -> ends.restore(address("user31@corp.test")));
        assertThat(account("user31")).isEqualTo("user31:false");
        company.in(() -> ends.remove(address("user31@corp.test"), Instant.now().plusSeconds(3600)));
        employee(31, "back");
        assertThat(account("user31")).isEqualTo("user31:false");
        assertThat(company.select("SELECT removal IS NULL FROM account WHERE local_part = 'user31'"))
                .isEqualTo("false");
        company.in(() -> ends.restore(address("user31@corp.test")));
        assertThat(account("user31")).isEqualTo("user31:true");
    }

    private static void employee(int number, String type) throws Exception {
        company.server.modify(
                SampleCompany.dn(number), new Modification(ModificationType.REPLACE, "employeeType", type));
        directory.ask(address("user" + number + "@corp.test"));
    }

    @Test
    void mail_for_his_other_address_brings_the_same_account() throws Exception {
        assertThat(directory.ask(address("first17@corp.test"))).isTrue();
        assertThat(account("user17")).isEqualTo("user17:true");
        assertThat(account("first17")).isEmpty();
    }

    @Test
    void nobody_is_remembered_as_such_and_gets_nothing() throws Exception {
        assertThat(directory.ask(address("nobody@corp.test"))).isTrue();
        assertThat(directory.isStranger(address("nobody@corp.test"))).isTrue();
        assertThat(account("nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user18@corp.test", "USER18@corp.test"})
    void his_password_there_logs_him_in_here(String name) throws Exception {
        assertThat(directory.prove(address(name), "Geheim-18")).contains("user18@corp.test");
        assertThat(account("user18")).isEqualTo("user18:true");
    }

    @Test
    void a_name_that_is_no_address_logs_in_with_the_domain_behind_it() throws Exception {
        company.server.modify(
                SampleCompany.dn(19), new Modification(ModificationType.REPLACE, "mail", "seven@corp.test"));
        assertThat(directory.prove(address("user19@corp.test"), "Geheim-19")).contains("seven@corp.test");
        assertThat(directory.prove(address("seven@corp.test"), "Geheim-19")).contains("seven@corp.test");
    }

    /** A realm's name need be no mail domain, and whoever proved the name need not prove it again. */
    @Test
    void who_has_proved_his_name_is_known_without_a_password() throws Exception {
        company.put(company.plan("login-domain = corp.local"));
        assertThat(directory.known(address("user25@corp.local"))).contains("user25@corp.test");
        assertThat(account("user25")).isEqualTo("user25:true");
        assertThat(directory.prove(address("user25@corp.local"), "Geheim-25")).contains("user25@corp.test");
        assertThat(directory.known(address("nobody@corp.local"))).isEmpty();
        assertThat(directory.known(address("*@corp.local"))).isEmpty();
        company.put(company.plan("login-domain = corp.local", "disabled = employeeType=left"));
        company.server.modify(SampleCompany.dn(25), new Modification(ModificationType.REPLACE, "employeeType", "left"));
        assertThat(directory.known(address("user25@corp.local"))).isEmpty();
        company.put(at(company.plan("login-domain = corp.local"), "ldap://127.0.0.1:1"));
        assertThatThrownBy(() -> directory.known(address("user25@corp.local"))).isInstanceOf(NoAnswerYet.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Geheim-9", "geheim-19"})
    void a_wrong_password_makes_no_account(String password) throws Exception {
        assertThat(directory.prove(address("user20@corp.test"), password)).isEmpty();
        assertThat(account("user20")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*@corp.test", "user*@corp.test", "\"user19)(uid=*\"@corp.test", "\"\\\\2a\"@corp.test"})
    void what_is_special_in_a_filter_is_nobody(String name) throws Exception {
        assertThat(directory.prove(address(name), "Geheim-19")).isEmpty();
        assertThat(directory.ask(address(name))).isTrue();
        assertThat(account("%*%")).isEmpty();
    }

    @Test
    void groups_of_groups_give_roles_and_take_them_again() throws Exception {
        directory.prove(address("user1@corp.test"), "Geheim-1");
        assertThat(roles("user1")).isEqualTo("administrator");
        company.server.modify(
                "cn=helpdesk,ou=groups," + SampleCompany.BASE,
                new Modification(ModificationType.DELETE, "member", SampleCompany.dn(1)));
        directory.prove(address("user1@corp.test"), "Geheim-1");
        assertThat(roles("user1")).isEmpty();
    }

    @Test
    void a_role_that_was_given_here_stays() throws Exception {
        directory.prove(address("user9@corp.test"), "Geheim-9");
        company.sql(
                "INSERT INTO account_role (account_id, role) SELECT id, 'auditor' FROM account WHERE local_part = 'user9'");
        company.server.modify(SampleCompany.dn(9), new Modification(ModificationType.REPLACE, "displayName", "Nine"));
        directory.prove(address("user9@corp.test"), "Geheim-9");
        assertThat(company.select("SELECT display_name FROM account WHERE local_part = 'user9'"))
                .isEqualTo("Nine");
        assertThat(roles("user9")).isEqualTo("auditor");
    }

    @Test
    void a_local_account_stays_local_unless_it_may_be_adopted() throws Exception {
        company.sql("INSERT INTO account (domain_id, local_part, verifier) VALUES (1, 'user21', 'secret')");
        assertThat(directory.prove(address("user21@corp.test"), "Geheim-21")).isEmpty();
        assertThat(company.select("SELECT verifier FROM account WHERE local_part = 'user21'"))
                .isEqualTo("secret");
        var plan = company.plan();
        company.put(new SourcePlan(
                0,
                plan.name(),
                plan.domains(),
                plan.servers(),
                false,
                "",
                plan.bindDn(),
                plan.sealedPassword(),
                plan.baseDn(),
                plan.mapping(),
                true,
                0,
                10,
                true));
        assertThat(directory.prove(address("user21@corp.test"), "Geheim-21")).contains("user21@corp.test");
        assertThat(company.select("SELECT verifier FROM account WHERE local_part = 'user21'"))
                .isEqualTo("null");
    }

    @Test
    void a_directory_that_is_down_says_nothing_about_anybody() throws Exception {
        var plan = company.plan();
        company.put(at(plan, "ldap://127.0.0.1:1"));
        assertThat(directory.ask(address("user22@corp.test"))).isFalse();
        assertThat(directory.isStranger(address("user22@corp.test"))).isFalse();
        assertThatThrownBy(() -> directory.prove(address("user22@corp.test"), "Geheim-22"))
                .isInstanceOf(NoAnswerYet.class);
        company.put(plan);
        assertThat(directory.ask(address("user22@corp.test"))).isTrue();
    }

    @Test
    void a_second_server_serves_while_the_first_is_down() throws Exception {
        var plan = company.plan();
        company.put(at(plan, "ldap://127.0.0.1:1", plan.servers().getFirst()));
        assertThat(directory.prove(address("user23@corp.test"), "Geheim-23")).contains("user23@corp.test");
    }

    private static SourcePlan at(SourcePlan plan, String... servers) {
        return new SourcePlan(
                0,
                plan.name(),
                plan.domains(),
                List.of(servers),
                false,
                "",
                plan.bindDn(),
                plan.sealedPassword(),
                plan.baseDn(),
                plan.mapping(),
                false,
                0,
                10,
                true);
    }

    @Test
    void one_that_is_switched_off_turns_nobody_away_for_good() throws Exception {
        company.sql("UPDATE directory_source SET enabled = false");
        directory.expire();
        assertThat(directory.covers("corp.test")).isTrue();
        assertThat(directory.ask(address("user24@corp.test"))).isFalse();
    }

    @Test
    void the_password_of_the_one_who_searches_is_not_kept_plain() throws Exception {
        assertThat(company.select("SELECT bind_password FROM directory_source"))
                .startsWith("{AES-GCM}")
                .doesNotContain("search");
    }
}
