package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void the_words_of_this_start_are_found() {
        var log = "… Running Payara Version: 7\n[SEVERE] start status=refused problem=fsync is off\n\tat somewhere\n";
        assertThat(Refusal.since(log)).contains("fsync is off");
    }

    @Test
    void those_of_an_earlier_start_are_not() {
        var log = "start status=refused problem=fsync is off\n… Running Payara Version: 7\nall is well\n";
        assertThat(Refusal.since(log)).isEmpty();
    }
}
