package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailroom.directory.MailAddress;
import org.mailroom.login.PasswordSource.NoAnswerYet;

/** A directory that takes connections and never answers, beside one that does. */
@Timeout(60)
class HangingDirectoryTest {
    private static HangingDirectory hanging;
    private static TestCompany company;

    @BeforeAll
    static void two_domains_one_of_which_hangs() throws Exception {
        hanging = new HangingDirectory();
        company = new TestCompany();
        company.sql("INSERT INTO domain (name) VALUES ('hangs.test')");
        var plan = company.plan();
        company.put(new SourcePlan(
                0,
                "hangs",
                List.of("hangs.test"),
                List.of(hanging.url()),
                false,
                "",
                plan.bindDn(),
                company.secrets.seal("directory hangs", TestCompany.SECRET),
                plan.baseDn(),
                plan.mapping(),
                false,
                0,
                10,
                true));
    }

    @AfterAll
    static void close() throws Exception {
        company.close();
        hanging.close();
    }

    private static MailAddress address(String text) throws Exception {
        return MailAddress.parseOurs(text);
    }

    @Test
    void says_nothing_about_anybody_in_a_bounded_time() throws Exception {
        assertThat(company.directory.ask(address("somebody@hangs.test"))).isFalse();
        assertThat(company.directory.isStranger(address("somebody@hangs.test"))).isFalse();
        assertThatThrownBy(() -> company.directory.prove(address("somebody@hangs.test"), "secret"))
                .isInstanceOf(NoAnswerYet.class);
        assertThat(hanging.visitors()).isPositive();
    }

    /** More than it has places: those without one go away, and the other directory is asked as ever. */
    @Test
    void a_crowd_that_waits_for_it_holds_up_nobody_else() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var crowd = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 200; i++) {
                var address = address("user" + i + "@hangs.test");
                crowd.add(threads.submit(() -> company.directory.ask(address)));
            }
            var others = new ArrayList<Future<Boolean>>();
            for (int i = 300; i < 320; i++) {
                var address = address("user" + i + "@corp.test");
                others.add(threads.submit(() -> company.directory.ask(address)));
            }
            for (var other : others) {
                assertThat(other.get()).isTrue();
            }
            for (var asked : crowd) {
                assertThat(asked.get()).isFalse();
            }
        }
        assertThat(company.select("SELECT count(*) FROM account WHERE local_part LIKE 'user3__'"))
                .isEqualTo("20");
    }
}
