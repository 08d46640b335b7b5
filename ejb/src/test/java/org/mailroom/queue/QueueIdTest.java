package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueIdTest {
    @Test
    void is_short_without_look_alikes_and_never_given_twice() {
        var given = ConcurrentHashMap.<String>newKeySet();
        IntStream.range(0, 20_000).parallel().forEach(i -> given.add(QueueId.next()));
        assertThat(given).hasSize(20_000).allMatch(id -> id.matches("[0-9A-HJKMNP-TV-Z]{12}"));
    }

    @Test
    void sorts_by_time() {
        assertThat(QueueId.next()).isLessThan(QueueId.next());
    }
}
