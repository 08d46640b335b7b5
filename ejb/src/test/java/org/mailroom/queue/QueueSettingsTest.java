package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailroom.TestConfig;

class QueueSettingsTest {
    private static QueueSettings of(String key, String value) {
        return QueueSettings.of(TestConfig.of(Map.of(key, value)));
    }

    @Test
    void nodes_that_share_the_name_that_others_see_do_not_take_each_other_for_dead() {
        assertThat(of("mail.hostname", "mail.here.test").node())
                .isNotEqualTo("mail.here.test")
                .isNotBlank();
        assertThat(of("mail.node", "one").node()).isEqualTo("one");
    }

    @Test
    void a_lease_that_runs_out_before_it_is_renewed_is_refused() {
        assertThatThrownBy(() -> of("mail.queue.lease", "PT5S")).hasMessageContaining("mail.queue.lease=PT5S");
        assertThat(of("mail.queue.lease", "PT30S").lease()).hasSeconds(30);
    }

    @Test
    void times_that_make_no_sense_are_refused() {
        assertThat(of("mail.queue.timeouts", "dot=PT1M").timeouts().dot()).hasMinutes(1);
        assertThatThrownBy(() -> of("mail.queue.timeouts", "dots=PT1M")).hasMessageContaining("mail.queue.timeouts");
    }
}
