package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokerTest {
    /** As the broker's own tool writes it. */
    @Test
    void an_entry_has_the_form_of_the_password_file() {
        assertThat(Broker.entry("mailroom", "s3cret", "user"))
                .isEqualTo("mailroom:-7260613a3adbd960d8e6b8f14430cdb7:user:1\n");
    }
}
