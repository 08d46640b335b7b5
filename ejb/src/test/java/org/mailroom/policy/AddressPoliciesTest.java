package org.mailroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Directory;
import org.mailroom.receive.Clients;

/** What RCPT says of addresses behind which there are others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressPoliciesTest {
    private final TestHouse house = new TestHouse(TestDatabase.fresh());
    private final Policies policies = new Policies(List.of(
            new RelayControl(),
            new KnownRecipient(),
            house.bean(LeadsSomewhere.class),
            house.bean(GroupSender.class),
            new AnyRecipient()));
    private final Client stranger = Clients.stranger("there.test", "192.0.2.1");

    @BeforeAll
    void addresses() throws SQLException {
        try (var connection = house.shared().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO domain (name, kind) VALUES ('here.test', 'local'), ('backup.test', 'relay')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
            statement.execute("INSERT INTO alias (domain_id, local_part) VALUES (1, 'dead'), (1, 'out')");
            statement.execute("INSERT INTO alias_target (alias_id, address)"
                    + " VALUES (1, 'nobody@here.test'), (2, 'x@there.test')");
            statement.execute("INSERT INTO mail_group (domain_id, local_part, who_may_send)"
                    + " VALUES (1, 'all', 'anybody'), (1, 'club', 'members'), (1, 'staff', 'accounts')");
            statement.execute("INSERT INTO group_member (group_id, address) SELECT g, a FROM generate_series(1, 3) g,"
                    + " unnest(ARRAY['alice@here.test', 'x@there.test']) a");
        }
    }

    private Verdict recipient(Client client, String from, String to) {
        return policies.recipient(
                client,
                Envelope.of(from, List.of()),
                Envelope.Recipient.of(to),
                house.bean(Directory.class).resolve(to));
    }

    private boolean takes(Client client, String from, String to) {
        return recipient(client, from, to) instanceof Verdict.Accept;
    }

    @Test
    void mail_for_a_relay_domain_is_taken_from_anybody() {
        assertThat(recipient(stranger, "a@there.test", "x@backup.test")).isEqualTo(new Verdict.Accept("relay-domain"));
        assertThat(takes(stranger, "a@there.test", "x@sub.backup.test")).isFalse();
    }

    @Test
    void an_alias_that_leads_to_nobody_is_refused() {
        assertThat(takes(stranger, "a@there.test", "dead@here.test")).isFalse();
        assertThat(recipient(stranger, "a@there.test", "out@here.test")).isEqualTo(new Verdict.Accept("alias"));
    }

    @Test
    void a_group_says_who_may_send_to_it() {
        var alice = Clients.user(1);
        var bob = Clients.user(2);
        assertThat(takes(stranger, "a@there.test", "all@here.test")).isTrue();
        assertThat(takes(stranger, "a@there.test", "staff@here.test")).isFalse();
        assertThat(takes(bob, "bob@here.test", "staff@here.test")).isTrue();
        assertThat(takes(alice, "alice@here.test", "club@here.test")).isTrue();
        assertThat(takes(bob, "bob@here.test", "club@here.test")).isFalse();
        assertThat(takes(stranger, "X@there.test", "club@here.test")).isTrue();
        assertThat(takes(stranger, "alice@here.test", "club@here.test"))
                .as("not logged in")
                .isFalse();
        assertThat(takes(bob, "x@there.test", "club@here.test"))
                .as("a name that is not his")
                .isFalse();
    }
}
