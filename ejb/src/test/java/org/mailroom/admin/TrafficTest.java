package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;

class TrafficTest {
    private final DataSource database = TestDatabase.fresh();

    @Test
    void what_is_put_off_at_the_door_counts_as_deferred_and_not_as_refused() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO trace (step, reply) VALUES ('refused', '550 5.1.1 No such user'), ('refused', '451 4.7.1 Later'),
                        ('refused', '421 4.7.1 Later'), ('deferred', '450 4.2.1 Busy'), ('received', ''), ('relayed', '250 ok')""");
        }
        var hours = new TestHouse(database).bean(Traffic.class).hours();
        assertThat(hours.stream().mapToLong(TrafficHour::refused).sum()).isEqualTo(1);
        assertThat(hours.stream().mapToLong(TrafficHour::deferred).sum()).isEqualTo(3);
        assertThat(hours.stream().mapToLong(TrafficHour::received).sum()).isEqualTo(1);
    }
}
