package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.Resolution;
import org.mailroom.directory.SendWay;

/** Shared mailboxes as an administrator makes them. */
class SharedMailboxAdminTest {
    private static final String INFO = "info@here.test";

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final SharedMailboxAdmin admin = house.bean(SharedMailboxAdmin.class);
    private final Directory directory = house.bean(Directory.class);
    private final AccountId bob = new AccountId(1);

    @BeforeEach
    void a_domain() throws Exception {
        execute("INSERT INTO domain (name) VALUES ('here.test')");
        execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'bob'), (1, 'eve')");
        execute("INSERT INTO mail_group (domain_id, local_part) VALUES (1, 'team')");
        execute("INSERT INTO group_member (group_id, address) VALUES (1, 'eve@here.test')");
    }

    private void execute(String sql) throws SQLException {
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

    private <T> T ask(Callable<T> work) throws Exception {
        var answer = house.inTransaction(work);
        directory.changed(new DirectoryChanged());
        return answer;
    }

    private void refuses(Kind kind, Callable<?> work) {
        assertThatThrownBy(() -> ask(work))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private SharedMailboxInfo member(String who, String rights, String sends) throws Exception {
        return ask(() -> admin.member(INFO, new SharedMailboxMember(who, rights, sends)));
    }

    @Test
    void mail_to_it_lands_in_it_and_nobody_logs_in() throws Exception {
        assertThat(ask(() -> admin.put(INFO, "Information", 5000L))).isTrue();
        assertThat(ask(() -> admin.put(INFO, "Info", null))).isFalse();
        assertThat(directory.resolve(INFO)).isInstanceOf(Resolution.Local.class);
        assertThat(ask(admin::all)).singleElement().satisfies(box -> {
            assertThat(box.displayName()).isEqualTo("Info");
            assertThat(box.members()).isEmpty();
        });
        assertThat(column("SELECT count(*) FROM mailbox")).containsExactly("6");
        var accounts = house.bean(AccountAdmin.class);
        assertThat(ask(() -> accounts.accounts("", 0, 10)).rows())
                .extracting(AccountInfo::address)
                .containsExactly("bob@here.test", "eve@here.test");
        refuses(Kind.NOT_FOUND, () -> accounts.resetPassword(INFO, "correct horse staple"));
        refuses(Kind.CONFLICT, () -> admin.put("bob@here.test", "", null));
        refuses(Kind.CONFLICT, () -> admin.put("x@elsewhere.test", "", null));
        assertThat(column("SELECT concat_ws(' ', action, object, detail) FROM audit ORDER BY id LIMIT 2"))
                .containsExactly(
                        "shared.add info@here.test name=Information quota=5000",
                        "shared.change info@here.test name=Info quota=null");
    }

    @Test
    void members_have_rights_in_all_its_mailboxes_and_perhaps_send_under_its_address() throws Exception {
        ask(() -> admin.put(INFO, "", null));
        member("bob@here.test", "read", "on-behalf");
        var box = member("team@here.test", "lrsa", "as");
        assertThat(box.members())
                .containsExactly(
                        new SharedMailboxMember("bob@here.test", "read", "on-behalf"),
                        new SharedMailboxMember("team@here.test", "lrsa", "as"));
        assertThat(column(
                        "SELECT DISTINCT rights || count(*) FROM mailbox_right GROUP BY account_id, group_id, rights"))
                .containsExactlyInAnyOrder("lrs6", "lrsa6");
        var info = ((Resolution.Local) directory.resolve(INFO)).account();
        assertThat(directory.sendWay(bob, info)).hasValue(SendWay.ON_BEHALF);
        assertThat(directory.sendWay(new AccountId(2), info)).hasValue(SendWay.AS);
        assertThat(directory.maySendAs(bob, INFO)).isTrue();
        assertThat(directory.maySendAs(bob, "eve@here.test")).isFalse();
        assertThat(member("bob@here.test", "work", "no").members()).hasSize(2);
        assertThat(directory.maySendAs(bob, INFO)).isFalse();
        assertThat(ask(() -> admin.removeMember(INFO, "team@here.test")).members())
                .containsExactly(new SharedMailboxMember("bob@here.test", "work", "no"));
        assertThat(member("anyone", "l", "no").members()).contains(new SharedMailboxMember("anyone", "l", "no"));
        refuses(Kind.INVALID, () -> admin.member(INFO, new SharedMailboxMember("anyone", "l", "as")));
        refuses(Kind.INVALID, () -> admin.member(INFO, new SharedMailboxMember("bob@here.test", "q", "as")));
        refuses(Kind.NOT_FOUND, () -> admin.member(INFO, new SharedMailboxMember("x@here.test", "l", "no")));
        refuses(
                Kind.NOT_FOUND,
                () -> admin.member("bob@here.test", new SharedMailboxMember("eve@here.test", "l", "no")));
    }

    @Test
    void only_an_empty_one_is_removed() throws Exception {
        ask(() -> admin.put(INFO, "", null));
        member("bob@here.test", "all", "as");
        execute("UPDATE mailbox SET messages = 1 WHERE name = 'INBOX'");
        refuses(Kind.CONFLICT, () -> {
            admin.remove(INFO);
            return true;
        });
        execute("UPDATE mailbox SET messages = 0");
        ask(() -> {
            admin.remove(INFO);
            return true;
        });
        assertThat(ask(admin::all)).isEmpty();
        assertThat(directory.resolve(INFO)).isInstanceOf(Resolution.Unknown.class);
        assertThat(column("SELECT count(*) FROM mailbox_right")).containsExactly("0");
    }
}
