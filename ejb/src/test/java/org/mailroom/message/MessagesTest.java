package org.mailroom.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailStore;

class MessagesTest {
    private static final int CHUNK = MailStore.CHUNK;

    private final DataSource database = TestDatabase.fresh();
    private final Messages messages = new Messages(database);

    @Test
    void octets_come_back_whatever_the_size_and_wherever_one_reads() throws Exception {
        var random = new Random(1);
        for (int size : new int[] {0, 1, 2000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 12 * CHUNK + 17}) {
            var octets = new byte[size];
            random.nextBytes(octets);
            long message = keep(octets);
            try (var in = messages.source(message).open()) {
                assertThat(in.readAllBytes()).isEqualTo(octets);
            }
            for (int i = 0; i < 40; i++) {
                int offset = random.nextInt(size + 10);
                int length = random.nextInt(CHUNK + 10);
                int end = Math.min(size, offset + Math.min(length, CHUNK));
                assertThat(messages.octets(message, offset, length))
                        .isEqualTo(offset >= end ? new byte[0] : Arrays.copyOfRange(octets, offset, end));
            }
        }
    }

    @Test
    void awkward_messages_come_back_octet_for_octet() throws Exception {
        for (var entry : Corpus.messages().entrySet()) {
            long message = keep(entry.getValue());
            try (var in = messages.source(message).open()) {
                assertThat(in.readAllBytes()).as(entry.getKey()).isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void only_what_nobody_holds_is_swept() throws Exception {
        long held = keep("held");
        long queued = keep("queued");
        long free = keep("free");
        execute("""
                INSERT INTO domain (name) VALUES ('here.example');
                INSERT INTO account (domain_id, local_part) SELECT id, 'alice' FROM domain;
                INSERT INTO mailbox (account_id, name, uid_validity) SELECT id, 'INBOX', 1 FROM account;
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, internal_date, size)
                    SELECT id, 1, %d, 1, now(), 4 FROM mailbox;
                INSERT INTO queued_message (queue_id, message_id, reverse_path) VALUES ('Q', %d, '');
                INSERT INTO message_release (message_id) VALUES (%d), (%d), (%d), (%d)
                """.formatted(held, queued, held, queued, free, free));
        var sweep = new MessageSweep(database);
        assertThat(sweep.batch(Duration.ofMinutes(5))).isZero();
        assertThat(sweep.batch(Duration.ZERO)).isEqualTo(4);
        assertThat(messages.octets(held, 0, 10)).hasSize(4);
        assertThat(messages.octets(queued, 0, 10)).hasSize(6);
        assertThatThrownBy(() -> messages.octets(free, 0, 10))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPUNGED));
    }

    private long keep(String text) {
        return keep(text.getBytes(StandardCharsets.US_ASCII));
    }

    private long keep(byte[] octets) {
        var source = MessageSource.of(octets);
        return messages.keep(null, MessageParser.parse(source), source);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
