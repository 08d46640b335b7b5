package org.mailroom.contract.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RelayTimeoutsTest {
    @Test
    void timeouts_are_read_and_judged() {
        var timeouts = RelayTimeouts.parse("connect=PT10S, dot=PT1M");
        assertThat(timeouts.connect()).hasSeconds(10);
        assertThat(timeouts.dot()).hasMinutes(1);
        assertThat(timeouts.command()).isEqualTo(RelayTimeouts.STANDARD.command());
        assertThatIllegalArgumentException().isThrownBy(() -> RelayTimeouts.parse("conect=PT1S"));
        assertThatIllegalArgumentException().isThrownBy(() -> RelayTimeouts.parse("connect=soon"));
    }
}
