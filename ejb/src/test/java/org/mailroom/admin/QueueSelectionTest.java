package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSelectionTest {
    private static QueueSelection olderThan(String age) {
        return new QueueSelection(List.of(), "", "", "", "", "", "", age);
    }

    @Test
    void ages_are_read_as_people_write_them() throws AdminException {
        assertThat(olderThan("90m").filter().olderThan()).isEqualTo(Duration.ofMinutes(90));
        assertThat(olderThan("2d").filter().olderThan()).isEqualTo(Duration.ofDays(2));
        assertThat(olderThan("P36500D").filter().olderThan()).isEqualTo(Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P999999999999D", "36501d", "-4h", "PT-4H", "long"})
    void what_is_no_age_of_mail_is_refused(String age) {
        assertThatThrownBy(() -> olderThan(age).filter())
                .isInstanceOf(AdminException.class)
                .hasMessage("An age is such as 90m, 4h or 2d");
    }
}
