package org.mailroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Directory;
import org.mailroom.receive.Clients;

class UsageLimitedTest {
    private final DataSource database = TestDatabase.fresh();
    private final Directory directory = new TestHouse(database).bean(Directory.class);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Policies policies =
            new Policies(List.of(new UsageLimited(directory, () -> now), new AnySender(), new AnyRecipient()));

    @BeforeEach
    void limits() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
            statement.execute("INSERT INTO usage_limit (account_id, message_octets) VALUES (1, 1000)");
            statement.execute("INSERT INTO usage_limit (domain_id, recipients) VALUES (1, 3)");
        }
    }

    private Verdict recipient(Client client, String to, int size) {
        return policies.recipient(
                client,
                new Envelope("x@there.test", Map.of("SIZE", Integer.toString(size)), List.of()),
                Envelope.Recipient.of(to),
                directory.resolve(to));
    }

    @Test
    void a_message_that_is_too_large_for_its_recipient_is_refused_for_good() {
        var stranger = Clients.stranger("there.test", "192.0.2.1");
        assertThat(recipient(stranger, "alice@here.test", 1001))
                .isInstanceOfSatisfying(
                        Verdict.Refuse.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThat(recipient(stranger, "alice@here.test", 1000)).isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(stranger, "bob@here.test", 5000)).isInstanceOf(Verdict.Accept.class);
    }

    @Test
    void all_accounts_of_a_domain_share_its_rate() {
        for (int i = 0; i < 3; i++) {
            assertThat(recipient(Clients.user(1 + i % 2), "x" + i + "@there.test", 1))
                    .isInstanceOf(Verdict.Accept.class);
        }
        assertThat(recipient(Clients.user(1), "y@there.test", 1)).isInstanceOf(Verdict.Defer.class);
        assertThat(recipient(Clients.user(2), "y@there.test", 1)).isInstanceOf(Verdict.Defer.class);
        now = now.plusSeconds(1201);
        assertThat(recipient(Clients.user(2), "y@there.test", 1)).isInstanceOf(Verdict.Accept.class);
    }
}
