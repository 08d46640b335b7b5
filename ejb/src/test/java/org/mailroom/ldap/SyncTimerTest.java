package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a directory is compared with our accounts of itself. */
class SyncTimerTest {
    private TestCompany company;
    private SyncTimer timer;

    @BeforeEach
    void a_company_of_three() throws Exception {
        company = new TestCompany("person = (|(uid=user1)(uid=user2)(uid=user3))");
        timer = new SyncTimer(company.sources, new Sync(company.directory, company.newcomers, company.sources));
    }

    @AfterEach
    void close() {
        company.close();
    }

    private String runs() throws Exception {
        return company.select("SELECT count(*) FROM directory_sync WHERE NOT dry_run");
    }

    private void every(int minutes) throws Exception {
        company.sql("UPDATE directory_source SET sync_minutes = " + minutes);
        company.directory.expire();
    }

    @Test
    void one_that_was_never_compared_is_and_then_again_when_its_time_is_over() throws Exception {
        every(60);
        timer.look();
        assertThat(runs()).isEqualTo("1");
        assertThat(company.select("SELECT count(*) FROM account")).isEqualTo("3");
        timer.look();
        assertThat(runs()).isEqualTo("1");
        company.sql("UPDATE directory_sync SET began = began - interval '59 minutes'");
        timer.look();
        assertThat(runs()).isEqualTo("1");
        company.sql("UPDATE directory_sync SET began = began - interval '2 minutes'");
        timer.look();
        assertThat(runs()).isEqualTo("2");
    }

    @Test
    void a_dry_run_by_hand_puts_nothing_off() throws Exception {
        every(60);
        company.sql("INSERT INTO directory_sync (source_id, began, ended, dry_run, outcome)"
                + " SELECT id, now(), now(), true, 'done' FROM directory_source");
        timer.look();
        assertThat(runs()).isEqualTo("1");
    }

    @Test
    void one_that_is_compared_by_hand_only_or_switched_off_is_left_alone() throws Exception {
        every(0);
        timer.look();
        every(60);
        company.sql("UPDATE directory_source SET enabled = false");
        company.directory.expire();
        timer.look();
        assertThat(runs()).isEqualTo("0");
    }

    @Test
    void one_that_is_down_is_written_down_as_failed_and_tried_when_it_is_time_again() throws Exception {
        every(60);
        company.server.shutDown(true);
        timer.look();
        timer.look();
        assertThat(company.select("SELECT outcome FROM directory_sync")).isEqualTo("failed");
    }
}
