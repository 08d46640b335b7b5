package org.mailroom.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.admin.QueueRecipient;

class ReasonsTest {
    @ParameterizedTest
    @CsvSource({
        "waiting,0,'',FIRST",
        "waiting,0,4.4.1 mx.remote.test: Connection refused,FAILED",
        "waiting,2,'',SILENT",
        "waiting,2,451 later,REPLIED",
        "waiting,2,4.4.1 mx.remote.test: Connection refused,FAILED",
        "sending,1,451 later,SENDING",
        "held,1,451 later,HELD",
        "poison,9,'',POISON"
    })
    void state_and_history_say_why_mail_waits(String state, int attempts, String reply, Reasons.Cause cause) {
        assertThat(Reasons.Cause.of(recipient("a@remote.test", state, attempts, reply)))
                .isEqualTo(cause);
    }

    @Test
    void recipient_that_was_tried_most_explains_the_entry() {
        var fresh = recipient("a@remote.test", "waiting", 0, "");
        var tried = recipient("b@remote.test", "waiting", 3, "451 later");
        assertThat(Reasons.worst(List.of(fresh, tried))).isEqualTo(tried);
    }

    private static QueueRecipient recipient(String address, String state, int attempts, String reply) {
        return new QueueRecipient(
                address, state, attempts, Instant.EPOCH, Instant.MAX, 0, "", "", null, null, reply, "");
    }
}
