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
import org.mailroom.admin.AdminException.Kind;

/** A domain administrator sees and changes what is of his domains, and the help desk takes nobody's role over. */
class ScopeTest {
    private static final String DORA = "dora@mine.test";

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final AccountAdmin accounts = house.bean(AccountAdmin.class);
    private final AddressAdmin addresses = house.bean(AddressAdmin.class);
    private final DomainAdmin domains = house.bean(DomainAdmin.class);
    private final SharedMailboxAdmin shared = house.bean(SharedMailboxAdmin.class);
    private final QueueAdmin queue = house.bean(QueueAdmin.class);
    private final TraceAdmin trace = house.bean(TraceAdmin.class);
    private final RoleAdmin roles = house.bean(RoleAdmin.class);

    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private void go(Deed deed) throws Exception {
        ask(() -> {
            deed.run();
            return true;
        });
    }

    private void forbidden(Deed deed) {
        assertThatThrownBy(() -> go(deed))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @BeforeEach
    void two_domains_and_an_administrator_of_one() throws Exception {
        execute("INSERT INTO domain (name) VALUES ('mine.test'), ('other.test')");
        execute("INSERT INTO alias_domain (name, domain_id) VALUES ('alsomine.test', 1)");
        execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'dora'), (1, 'ann'), (2, 'bob'), (1, 'root')");
        go(() -> roles.grant(new RoleInfo(DORA, Role.DOMAIN_ADMINISTRATOR, "mine.test")));
        go(() -> roles.grant(new RoleInfo("root@mine.test", Role.ADMINISTRATOR, "")));
        go(() -> addresses.putAlias(new AliasInfo("sales@other.test", List.of("bob@other.test"))));
        go(() -> addresses.putGroup(new GroupInfo("all@other.test", "", "anybody", null, List.of())));
        go(() -> addresses.putForward(new ForwardInfo("bob@other.test", true, List.of("x@there.test"))));
        go(() -> shared.put("info@other.test", "", null));
        house.caller(DORA, Role.DOMAIN_ADMINISTRATOR, Role.USER);
    }

    @Test
    void she_sees_only_what_is_hers() throws Exception {
        assertThat(ask(() -> accounts.accounts("", 0, 10)).rows())
                .extracting(AccountInfo::address)
                .containsExactly("ann@mine.test", "dora@mine.test", "root@mine.test");
        assertThat(ask(() -> accounts.accounts("", 0, 10)).total()).isEqualTo(3);
        assertThat(ask(() -> accounts.find("bob@other.test"))).isEmpty();
        assertThat(ask(domains::domains)).extracting(DomainInfo::name).containsExactly("mine.test");
        assertThat(ask(addresses::aliases)).isEmpty();
        assertThat(ask(addresses::groups)).isEmpty();
        assertThat(ask(() -> addresses.group("all@other.test"))).isEmpty();
        assertThat(ask(addresses::forwards)).isEmpty();
        assertThat(ask(shared::all)).isEmpty();
        assertThat(ask(() -> shared.find("info@other.test"))).isEmpty();
        forbidden(() -> addresses.explain("bob@other.test"));
        assertThat(ask(() -> addresses.explain("ann@mine.test")).address()).isEqualTo("ann@mine.test");
    }

    @Test
    void she_changes_only_what_is_hers() throws Exception {
        forbidden(() -> accounts.add(new NewAccount("new@other.test", "", "a long enough secret")));
        forbidden(() -> accounts.enable("bob@other.test", false));
        forbidden(() -> accounts.rename("bob@other.test", "Bob"));
        forbidden(() -> accounts.quota("bob@other.test", 1L, null));
        forbidden(() -> accounts.resetPassword("bob@other.test", null));
        forbidden(() -> accounts.alias("ann@mine.test", "x@other.test"));
        forbidden(() -> accounts.alias("bob@other.test", "x@mine.test"));
        forbidden(() -> accounts.removeAlias("bob@other.test", "x@other.test"));
        forbidden(() -> addresses.putAlias(new AliasInfo("x@other.test", List.of(DORA))));
        forbidden(() -> addresses.removeAlias("sales@other.test"));
        forbidden(() -> addresses.putForward(new ForwardInfo("bob@other.test", true, List.of(DORA))));
        forbidden(() -> addresses.removeForward("bob@other.test"));
        forbidden(() -> addresses.putGroup(new GroupInfo("x@other.test", "", "anybody", null, List.of())));
        forbidden(() -> addresses.changeMembers("all@other.test", List.of(DORA), List.of()));
        forbidden(() -> addresses.removeGroup("all@other.test"));
        forbidden(() -> domains.catchAll("other.test", DORA));
        forbidden(() -> shared.put("x@other.test", "", null));
        forbidden(() -> shared.member("info@other.test", new SharedMailboxMember(DORA, "all", "as")));
        forbidden(() -> shared.remove("info@other.test"));
        go(() -> accounts.rename("ann@mine.test", "Ann"));
        go(() -> domains.catchAll("mine.test", "ann@mine.test"));
        go(() -> addresses.putAlias(new AliasInfo("sales@mine.test", List.of("ann@mine.test"))));
        assertThat(ask(() -> accounts.add(new NewAccount("new@mine.test", "", null)))
                        .created())
                .isTrue();
    }

    @Test
    void who_has_a_role_is_changed_by_administrators_only() throws Exception {
        forbidden(() -> accounts.resetPassword("root@mine.test", null));
        forbidden(() -> accounts.enable("root@mine.test", false));
        forbidden(() -> addresses.putForward(new ForwardInfo("root@mine.test", true, List.of(DORA))));
        house.caller("hans@other.test", Role.HELP_DESK, Role.USER);
        forbidden(() -> accounts.resetPassword("root@mine.test", null));
        forbidden(() -> accounts.resetPassword(DORA, null));
        assertThat(ask(() -> accounts.resetPassword("bob@other.test", null)).password())
                .isNotNull();
    }

    @Test
    void a_role_of_an_issuer_that_ran_out_is_vouched_for_again_and_protects_until_then() throws Exception {
        execute("INSERT INTO issuer_role (account_id, role, domain_id, until)"
                + " SELECT id, 'administrator', null, now() - interval '1 hour' FROM account WHERE local_part = 'ann'");
        forbidden(() -> accounts.resetPassword("ann@mine.test", null));
        forbidden(() -> accounts.enable("ann@mine.test", false));
        house.caller("hans@other.test", Role.HELP_DESK, Role.USER);
        forbidden(() -> accounts.resetPassword("ann@mine.test", null));
        execute("DELETE FROM issuer_role");
        assertThat(ask(() -> accounts.resetPassword("ann@mine.test", null)).password())
                .isNotNull();
    }

    @Test
    void a_role_that_was_taken_away_reaches_nothing_any_more() throws Exception {
        house.caller("tester", Role.ADMINISTRATOR);
        go(() -> roles.revoke(new RoleInfo(DORA, Role.DOMAIN_ADMINISTRATOR, "mine.test")));
        house.caller(DORA, Role.DOMAIN_ADMINISTRATOR, Role.USER);
        assertThat(ask(() -> accounts.accounts("", 0, 10)).rows()).isEmpty();
        forbidden(() -> accounts.rename("ann@mine.test", "Ann"));
    }

    @Test
    void she_follows_mail_of_her_domains_and_sees_no_other_recipients() throws Exception {
        execute("INSERT INTO trace (at, queue_id, step, sender, recipient, detail) VALUES"
                + " (now(), 'QA', 'received', 'x@there.test', '', 'subject=hello'),"
                + " (now(), 'QA', 'delivered', 'x@there.test', 'ann@mine.test', ''),"
                + " (now(), 'QA', 'delivered', 'x@there.test', 'bob@other.test', ''),"
                + " (now(), 'QB', 'received', 'bob@other.test', '', 'subject=secret'),"
                + " (now(), 'QB', 'relayed', 'bob@other.test', 'x@there.test', '')");
        var found = ask(() -> trace.search(new TraceQuery("", "", "", "", "", "", null, null), 0, 10))
                .rows();
        assertThat(found).extracting(TraceSummary::queueId).containsExactly("QA");
        assertThat(found.getFirst().recipients()).isEqualTo("ann@mine.test");
        assertThat(ask(() -> trace.message("QA")))
                .extracting(TraceEvent::recipient)
                .containsExactly("", "ann@mine.test");
        assertThat(ask(() -> trace.message("QB"))).isEmpty();
    }

    @Test
    void she_holds_her_mail_in_the_queue_and_no_other() throws Exception {
        execute("INSERT INTO message (size, header_size, envelope, body_structure, parts, octets)"
                + " VALUES (1, 1, '', '', '', 'x')");
        for (var sender : List.of("ann@mine.test", "x@AlsoMine.test", "bob@other.test")) {
            execute("WITH m AS (INSERT INTO queued_message (queue_id, message_id, reverse_path) VALUES ('Q" + sender
                    + "', 1, '" + sender + "') RETURNING id) INSERT INTO queued_recipient (queued_id, address,"
                    + " domain, state, next_attempt, expires)"
                    + " SELECT id, 'y@there.test', 'there.test', 'waiting', now(), now() FROM m");
        }
        var all = QueueSelection.of("");
        assertThat(ask(() -> queue.entries(all, 0, 10)).total()).isEqualTo(2);
        assertThat(ask(() -> queue.find(3))).isEmpty();
        assertThat(ask(() -> queue.header(3))).isEmpty();
        assertThat(ask(() -> queue.hold(all, 10)).messages()).isEqualTo(2);
        assertThat(ask(() -> queue.hold(QueueSelection.of(3), 10)).messages()).isZero();
    }
}
