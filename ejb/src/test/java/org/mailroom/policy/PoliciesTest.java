package org.mailroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Directory;
import org.mailroom.receive.Clients;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final Policies policies = new Policies(List.of(
            new AnySender(),
            house.bean(OwnAddress.class),
            new AnyRecipient(),
            house.bean(RoomLeft.class),
            new KnownRecipient(),
            new RelayControl()));
    private final Client stranger = Clients.stranger("there.test", "192.0.2.1");
    private final Client alice = Clients.user(1);

    @BeforeAll
    void accounts() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
            statement.execute("""
                    INSERT INTO account (domain_id, local_part, enabled, quota_octets)
                    VALUES (1, 'alice', true, NULL), (1, 'gone', false, NULL), (1, 'full', true, 100)""");
            statement.execute("INSERT INTO alias (domain_id, local_part, account_id) VALUES (1, 'postmaster', 1)");
        }
    }

    private Verdict recipient(Client client, String address, Map<String, String> parameters) {
        return policies.recipient(
                client,
                new Envelope("a@there.test", parameters, List.of()),
                Envelope.Recipient.of(address),
                house.bean(Directory.class).resolve(address));
    }

    private Verdict recipient(Client client, String address) {
        return recipient(client, address, Map.of());
    }

    private static Reason refusal(Verdict verdict) {
        return ((Verdict.Refuse) verdict).reason();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alice@here.test", "ALICE@Here.Test", "postmaster@here.test", "postmaster", "\"alice\"@here.test"
            })
    void our_users_get_mail_from_anybody(String address) {
        assertThat(recipient(stranger, address)).isEqualTo(new Verdict.Accept("local"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@there.test",
                "postmaster@there.test",
                "abuse@there.test",
                "x@[192.0.2.1]",
                "alice@here.test@there.test",
                "\"alice@here.test\"@there.test",
                "x@sub.here.test"
            })
    void strangers_do_not_send_to_strangers_through_us(String address) {
        assertThat(recipient(stranger, address)).isInstanceOf(Verdict.Refuse.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x%there.test@here.test",
                "there.test!x@here.test",
                "\"x@there.test\"@here.test",
                "@there.test:x@here.test",
                "nobody@here.test",
                "",
                "@",
                "x",
                "x@",
                "@here.test",
                "abuse"
            })
    void tricks_are_only_local_parts_that_do_not_exist(String address) {
        for (var client : List.of(stranger, alice)) {
            assertThat(refusal(recipient(client, address))).isEqualTo(Reason.NO_SUCH_RECIPIENT);
        }
    }

    @Test
    void our_users_send_anywhere() {
        assertThat(recipient(alice, "x@there.test")).isEqualTo(new Verdict.Accept("submission"));
        assertThat(recipient(alice, "alice@here.test")).isEqualTo(new Verdict.Accept("local"));
    }

    @Test
    void each_no_names_its_rule() {
        assertThat(recipient(stranger, "x@there.test"))
                .isEqualTo(new Verdict.Refuse(Reason.RELAY_DENIED, "relay", "Relaying denied"));
        assertThat(refusal(recipient(stranger, "gone@here.test"))).isEqualTo(Reason.RECIPIENT_DISABLED);
    }

    @Test
    void who_is_full_defers_as_soon_as_the_size_is_known() {
        assertThat(recipient(stranger, "full@here.test", Map.of("SIZE", "50"))).isEqualTo(new Verdict.Accept("local"));
        assertThat(recipient(stranger, "full@here.test", Map.of("SIZE", "101")))
                .isInstanceOfSatisfying(
                        Verdict.Defer.class,
                        verdict -> assertThat(verdict.rule()).isEqualTo("quota"));
    }

    @Test
    void without_a_policy_nobody_gets_anything() {
        var none = new Policies(List.of());
        assertThat(none.sender(stranger, Envelope.of("", List.of()))).isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void a_user_sends_under_his_own_addresses_only() {
        for (var own : List.of("alice@here.test", "postmaster@here.test", "")) {
            assertThat(policies.sender(alice, Envelope.of(own, List.of())))
                    .isEqualTo(new Verdict.Accept("own-address"));
        }
        for (var other : List.of("full@here.test", "x@there.test", "nobody@here.test")) {
            assertThat(refusal(policies.sender(alice, Envelope.of(other, List.of()))))
                    .isEqualTo(Reason.SENDER_NOT_ALLOWED);
        }
    }

    @Test
    void anybody_sends_to_us_and_bounces_do() {
        assertThat(policies.sender(stranger, Envelope.of("x@there.test", List.of())))
                .isEqualTo(new Verdict.Accept("any-sender"));
        assertThat(policies.sender(stranger, Envelope.of("", List.of()))).isEqualTo(new Verdict.Accept("null-sender"));
    }
}
