package org.mailroom.authenticity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;

class SenderSecretsTest {
    private final TestHouse house = new TestHouse(TestDatabase.fresh());

    @Test
    void the_first_call_makes_a_secret_and_the_next_finds_it() {
        var secrets = house.bean(SenderSecrets.class);
        var first = secrets.load();
        assertThat(first).hasSize(1);
        assertThat(first.getFirst()).hasSize(32);
        assertThat(secrets.load().getFirst()).isEqualTo(first.getFirst());
    }
}
