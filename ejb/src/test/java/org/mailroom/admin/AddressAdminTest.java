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
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;

/** Aliases, forwards, groups and kinds of domains, as an administrator changes them. */
class AddressAdminTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final AddressAdmin admin = house.bean(AddressAdmin.class);
    private final DomainAdmin domains = house.bean(DomainAdmin.class);

    @BeforeEach
    void a_domain() throws Exception {
        execute("INSERT INTO domain (name) VALUES ('here.test')");
        execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> audit() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT concat_ws(' ', action, object, nullif(detail, '')) FROM audit ORDER BY id")) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    private <T> T ask(Callable<T> work) throws Exception {
        var answer = house.inTransaction(work);
        house.bean(Directory.class).changed(new DirectoryChanged());
        return answer;
    }

    private void go(Deed deed) throws Exception {
        ask(() -> {
            deed.run();
            return true;
        });
    }

    private interface Deed {
        void run() throws Exception;
    }

    private void refuses(Kind kind, Deed deed) {
        assertThatThrownBy(() -> go(deed))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void an_alias_is_made_changed_and_removed_and_the_audit_tells_before_and_after() throws Exception {
        var address = "Sales@here.test";
        assertThat(ask(() -> admin.putAlias(new AliasInfo(address, List.of("alice@here.test", "x@there.test")))))
                .isTrue();
        assertThat(ask(() -> admin.explain(address)).lines()).hasSize(3);
        assertThat(ask(() -> admin.putAlias(new AliasInfo(address, List.of("bob@here.test")))))
                .isFalse();
        assertThat(ask(admin::aliases)).containsExactly(new AliasInfo("sales@here.test", List.of("bob@here.test")));
        go(() -> admin.removeAlias(address));
        assertThat(ask(() -> admin.explain(address)).arrives()).isFalse();
        assertThat(audit())
                .containsExactly(
                        "alias.put sales@here.test after=[alice@here.test, x@there.test]",
                        "alias.put sales@here.test before=[alice@here.test, x@there.test] after=[bob@here.test]",
                        "alias.remove sales@here.test before=[bob@here.test] ");
    }

    @Test
    void no_address_comes_twice() throws Exception {
        go(() -> admin.putGroup(new GroupInfo("team@here.test", "", "anybody", null, List.of())));
        refuses(Kind.CONFLICT, () -> admin.putAlias(new AliasInfo("alice@here.test", List.of("x@there.test"))));
        refuses(Kind.CONFLICT, () -> admin.putAlias(new AliasInfo("team@here.test", List.of("x@there.test"))));
        refuses(
                Kind.CONFLICT,
                () -> admin.putGroup(new GroupInfo("bob@here.test", "", "anybody", null, List.of("x@there.test"))));
        refuses(Kind.NOT_FOUND, () -> admin.putAlias(new AliasInfo("x@there.test", List.of("x@there.test"))));
        refuses(
                Kind.CONFLICT,
                () -> house.bean(AccountAdmin.class).add(new NewAccount("team@here.test", "", "secret")));
    }

    @Test
    void an_account_is_forwarded() throws Exception {
        go(() -> admin.putForward(new ForwardInfo("alice@here.test", false, List.of("x@there.test"))));
        assertThat(ask(admin::forwards))
                .containsExactly(new ForwardInfo("alice@here.test", false, List.of("x@there.test")));
        go(() -> admin.putForward(new ForwardInfo("alice@here.test", true, List.of("y@there.test"))));
        assertThat(ask(() -> admin.explain("alice@here.test")).lines().getLast())
                .contains("y@there.test");
        refuses(Kind.INVALID, () -> admin.putForward(new ForwardInfo("bob@here.test", true, List.of())));
        refuses(Kind.NOT_FOUND, () -> admin.putForward(new ForwardInfo("nobody@here.test", true, List.of("a@b.test"))));
        go(() -> admin.removeForward("alice@here.test"));
        assertThat(ask(admin::forwards)).isEmpty();
        refuses(Kind.NOT_FOUND, () -> admin.removeForward("alice@here.test"));
    }

    @Test
    void members_join_and_leave_a_group() throws Exception {
        go(() -> admin.putGroup(
                new GroupInfo("team@here.test", "The Team", "members", "bob@here.test", List.of("alice@here.test"))));
        var changed = ask(() -> admin.changeMembers(
                "team@here.test", List.of("x@there.test", "y@there.test"), List.of("alice@here.test")));
        assertThat(changed.members()).containsExactlyInAnyOrder("x@there.test", "y@there.test");
        assertThat(ask(() -> admin.group("team@here.test")).orElseThrow().owner())
                .isEqualTo("bob@here.test");
        refuses(Kind.INVALID, () -> admin.changeMembers("team@here.test", List.of("no address"), List.of()));
        refuses(Kind.INVALID, () -> admin.putGroup(new GroupInfo("team@here.test", "", "everybody", null, List.of())));
        go(() -> admin.removeGroup("team@here.test"));
        assertThat(ask(admin::groups)).isEmpty();
    }

    @Test
    void a_domain_may_have_other_names_be_passed_on_and_catch_all() throws Exception {
        assertThat(ask(() -> domains.addAlias("other.test", "here.test"))).isTrue();
        assertThat(ask(() -> domains.addAlias("other.test", "here.test"))).isFalse();
        assertThat(ask(() -> domains.addRelayed("backup.test"))).isTrue();
        assertThat(ask(() -> domains.addRelayed("backup.test"))).isFalse();
        assertThat(ask(() -> domains.add("here.test"))).isFalse();
        refuses(Kind.CONFLICT, () -> domains.add("other.test"));
        refuses(Kind.CONFLICT, () -> domains.add("backup.test"));
        refuses(Kind.CONFLICT, () -> domains.addRelayed("here.test"));
        refuses(Kind.CONFLICT, () -> domains.addRelayed("other.test"));
        refuses(Kind.CONFLICT, () -> domains.addAlias("backup.test", "here.test"));
        refuses(Kind.CONFLICT, () -> domains.addAlias("other.test", "backup.test"));
        go(() -> domains.catchAll("here.test", "alice@here.test"));
        var listed = ask(domains::domains);
        assertThat(listed).extracting(DomainInfo::name).containsExactly("backup.test", "here.test");
        assertThat(listed.getFirst().relayed()).isTrue();
        assertThat(listed.getLast().otherNames()).containsExactly("other.test");
        assertThat(listed.getLast().catchAll()).isEqualTo("alice@here.test");
        assertThat(ask(() -> admin.explain("nobody@other.test")).arrives()).isTrue();
        refuses(Kind.CONFLICT, () -> domains.catchAll("backup.test", "alice@here.test"));
        refuses(Kind.NOT_FOUND, () -> domains.catchAll("none.test", "alice@here.test"));
        refuses(
                Kind.CONFLICT,
                () -> house.bean(LimitAdmin.class).putTenant(new TenantInfo("acme", List.of("backup.test"))));
        refuses(Kind.NOT_FOUND, () -> admin.putAlias(new AliasInfo("x@backup.test", List.of("x@there.test"))));
        go(() -> domains.catchAll("here.test", null));
        go(() -> domains.remove("other.test"));
        go(() -> domains.remove("backup.test"));
        assertThat(ask(domains::domains).getLast().otherNames()).isEmpty();
    }

    @Test
    void a_catch_all_leads_to_somebody() throws Exception {
        refuses(Kind.CONFLICT, () -> domains.catchAll("here.test", "nobody@here.test"));
        go(() -> domains.catchAll("here.test", "alice@here.test"));
        refuses(Kind.CONFLICT, () -> domains.catchAll("here.test", "nobody@here.test"));
        go(() -> domains.catchAll("here.test", "somebody@else.test"));
        assertThat(ask(domains::domains).getFirst().catchAll()).isEqualTo("somebody@else.test");
    }

    @Test
    void a_list_belongs_to_somebody() throws Exception {
        var lists = house.bean(ListAdmin.class);
        go(() -> domains.addRelayed("backup.test"));
        go(() -> admin.putAlias(new AliasInfo("sales@here.test", List.of("alice@here.test"))));
        for (var owner :
                List.of("", "here.test", "alice@here.test", "sales@here.test", "backup.test", "anybody@backup.test")) {
            go(() -> lists.put(new ListInfo(0, owner, "sender", "pest.test", false)));
        }
        for (var owner : List.of("nosuch@here.test", "nosuch.test", "alice@nosuch.test")) {
            refuses(Kind.NOT_FOUND, () -> lists.put(new ListInfo(0, owner, "sender", "pest.test", false)));
        }
    }

    @Test
    void a_domain_goes_with_its_groups_and_aliases() throws Exception {
        go(() -> domains.add("second.test"));
        go(() -> admin.putAlias(new AliasInfo("a@second.test", List.of("x@there.test"))));
        go(() -> admin.putGroup(new GroupInfo("g@second.test", "", "anybody", null, List.of("x@there.test"))));
        go(() -> domains.remove("second.test"));
        assertThat(ask(domains::domains)).hasSize(1);
    }
}
