package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.SilentDirectory;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policies;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;
import org.mailroom.receive.MailReceiverEndpoint;

/** A group of accounts only, whose moderator is alice: what others send waits for her. */
class ModerationTest {
    private static final Client STRANGER = Clients.stranger("far.test", "192.0.2.1");

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final ModerationAdmin admin = house.bean(ModerationAdmin.class);

    @BeforeEach
    void a_moderated_group() throws Exception {
        sql("INSERT INTO domain (name) VALUES ('here.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
        sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (1, 'INBOX', 1), (2, 'INBOX', 2)");
        sql("INSERT INTO mail_group (domain_id, local_part, who_may_send) VALUES (1, 'all', 'accounts')");
        sql("INSERT INTO group_member (group_id, address) VALUES (1, 'bob@here.test')");
        house.inTransaction(() -> {
            house.bean(AddressAdmin.class).putModerators("all@here.test", List.of("alice@here.test"));
            return true;
        });
        house.bean(Directory.class).changed(new DirectoryChanged());
    }

    private void sql(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void send(Client client, String from, String... recipients) throws Exception {
        var envelope = new Envelope(
                from,
                Map.of(),
                Stream.of(recipients).map(Envelope.Recipient::of).toList());
        var source = MessageSource.of(
                ("From: <" + from + ">\r\nSubject: hi\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII));
        house.inTransaction(() -> house.bean(MailReceiverEndpoint.class).accept(client, envelope, source));
    }

    private List<String> inboxes() throws SQLException {
        return rows("SELECT messages FROM mailbox ORDER BY id");
    }

    private List<String> queued() throws SQLException {
        return rows("SELECT '<' || reverse_path || '> ' || address FROM queued_message m"
                + " JOIN queued_recipient r ON r.queued_id = m.id ORDER BY r.id");
    }

    /** Whoever clears the quarantine would throw away what its author hears nothing of. */
    @Test
    void what_waits_for_a_moderator_is_not_in_the_list_of_the_quarantine_and_says_whose_it_is() throws Exception {
        send(STRANGER, "x@far.test", "all@here.test");
        var quarantine = house.bean(QuarantineAdmin.class);
        var listed = house.inTransaction(() -> quarantine.entries(0, 10));
        assertThat(listed.rows()).isEmpty();
        assertThat(listed.total()).isZero();
        long id = house.inTransaction(admin::held).getFirst().id();
        assertThat(house.inTransaction(() -> quarantine.show(id)).moderated()).isEqualTo("all@here.test");
        sql("UPDATE quarantined_message SET moderated = ''");
        assertThat(house.inTransaction(() -> quarantine.entries(0, 10)).rows())
                .singleElement()
                .satisfies(kept -> assertThat(kept.moderated()).isEmpty());
    }

    private void decide(Deed deed) throws Exception {
        house.inTransaction(() -> {
            deed.go();
            return true;
        });
    }

    private interface Deed {
        void go() throws Exception;
    }

    @Test
    void what_a_stranger_sends_waits_and_the_moderator_gets_it_to_look_at() throws Exception {
        send(STRANGER, "x@far.test", "all@here.test", "alice@here.test");
        assertThat(inboxes()).as("alice's own copy did not wait").containsExactly("1", "0");
        assertThat(queued()).containsExactly("<> alice@here.test");
        assertThat(
                        rows("SELECT convert_from(octets, 'UTF8') FROM message m JOIN queued_message q ON q.message_id = m.id")
                                .getFirst())
                .contains("Auto-Submitted: auto-generated", "Subject: To decide: hi to all@here.test", "x@far.test")
                .contains("message/rfc822", "Subject: hi\r\n\r\ntext\r\n");
        assertThat(rows("SELECT concat_ws(' ', step, recipient, detail) FROM trace WHERE step = 'quarantined'"))
                .containsExactly("quarantined all@here.test waits for a moderator");
    }

    @Test
    void what_waited_for_a_group_that_went_while_it_was_judged_is_not_taken() throws Exception {
        house.put(Policies.class, new Policies(List.of(new Policy() {
            @Override
            public int order() {
                return 1;
            }

            @Override
            public Decision content(Question.Content question) {
                remove("all@here.test");
                return Decision.NONE;
            }
        })));
        assertThatThrownBy(() -> send(STRANGER, "x@far.test", "all@here.test", "bob@here.test"))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(rows("SELECT id FROM message")).isEmpty();
        assertThat(inboxes()).containsExactly("0", "0");
    }

    private void remove(String group) {
        try {
            sql("DELETE FROM mail_group WHERE local_part || '@here.test' = '" + group + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        house.bean(Directory.class).changed(new DirectoryChanged());
    }

    @Test
    void members_and_moderators_need_not_wait() throws Exception {
        send(Clients.user(2), "bob@here.test", "all@here.test");
        assertThat(rows("SELECT id FROM quarantined_message")).isEmpty();
        assertThat(inboxes()).containsExactly("0", "1");
    }

    @Test
    void the_moderator_lets_it_through_once() throws Exception {
        send(STRANGER, "x@far.test", "all@here.test");
        house.caller("alice@here.test", Role.USER);
        assertThat(house.inTransaction(admin::held))
                .extracting(HeldMessage::group, HeldMessage::sender, HeldMessage::subject)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("all@here.test", "x@far.test", "hi"));
        decide(() -> admin.approve(1));
        assertThat(inboxes()).containsExactly("0", "1");
        assertThatThrownBy(() -> decide(() -> admin.approve(1))).isInstanceOf(AdminException.class);
        assertThat(rows("SELECT concat_ws(' ', actor, action, object) FROM audit WHERE action LIKE 'moderation%'"))
                .containsExactly("alice@here.test moderation.approve all@here.test");
    }

    @Test
    void what_is_let_through_stays_while_a_directory_cannot_say_who_a_member_is() throws Exception {
        send(STRANGER, "x@far.test", "all@here.test");
        sql("INSERT INTO domain (name) VALUES ('staff.test')");
        sql("INSERT INTO group_member (group_id, address) VALUES (1, 'carol@staff.test')");
        var directory = SilentDirectory.of("staff.test", address -> {
            sql("INSERT INTO account (domain_id, local_part) VALUES (2, 'carol')");
            sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (3, 'INBOX', 3)");
            house.bean(Directory.class).changed(new DirectoryChanged());
        });
        directory.behind(house.bean(Directory.class));
        house.bean(Directory.class).changed(new DirectoryChanged());
        house.caller("alice@here.test", Role.USER);
        assertThatThrownBy(() -> decide(() -> admin.approve(1)))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(AdminException.Kind.CONFLICT));
        assertThat(inboxes()).containsExactly("0", "0");
        directory.answers();
        decide(() -> admin.approve(1));
        assertThat(inboxes()).containsExactly("0", "1", "1");
    }

    @Test
    void what_is_refused_goes_back_to_its_author() throws Exception {
        send(STRANGER, "x@far.test", "all@here.test");
        house.caller("alice@here.test", Role.USER);
        decide(() -> admin.refuse(1, "Not for this list"));
        assertThat(inboxes()).containsExactly("0", "0");
        assertThat(queued()).contains("<> x@far.test");
        assertThat(rows("SELECT recipient || ' ' || reply FROM trace WHERE step = 'failed'"))
                .containsExactly("all@here.test A moderator did not let this message through: Not for this list");
        assertThat(rows("SELECT recipient FROM trace WHERE step = 'bounced'")).containsExactly("all@here.test");
        assertThat(rows("SELECT recipient FROM trace WHERE step = 'received' AND detail LIKE 'report on %'"))
                .containsExactly("x@far.test");
    }

    @Test
    void nobody_else_decides() throws Exception {
        send(STRANGER, "x@far.test", "all@here.test");
        house.caller("bob@here.test", Role.USER);
        assertThat(house.inTransaction(admin::held)).isEmpty();
        assertThatThrownBy(() -> decide(() -> admin.approve(1))).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> decide(() -> admin.refuse(1, ""))).isInstanceOf(AdminException.class);
    }

    @Test
    void without_moderators_it_is_refused_again_and_only_accounts_moderate() throws Exception {
        var addresses = house.bean(AddressAdmin.class);
        assertThatThrownBy(() -> decide(() -> addresses.putModerators("all@here.test", List.of("x@far.test"))))
                .isInstanceOf(AdminException.class);
        decide(() -> addresses.putModerators("all@here.test", List.of()));
        assertThat(house.inTransaction(() -> addresses.moderators("all@here.test")))
                .isEmpty();
    }
}
