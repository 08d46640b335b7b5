package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeNewsTest {
    private final NodeNews one = new NodeNews("one");
    private final NodeNews other = new NodeNews("other");

    @Test
    void a_node_alone_only_greets() {
        assertThat(one.greetingIsDue()).isTrue();
        assertThat(one.read(one.write(List.of()))).isEmpty();
        assertThat(one.hasPeers()).isFalse();
        assertThat(one.greetingIsDue()).isFalse();
    }

    @Test
    void two_nodes_greet_each_other_and_then_tell() {
        other.write(List.of());
        assertThat(other.read(one.write(List.of()))).isEmpty();
        assertThat(other.hasPeers()).isTrue();
        assertThat(other.greetingIsDue())
                .as("the new one should hear of us at once")
                .isTrue();
        one.read(other.write(List.of()));
        assertThat(one.hasPeers()).isTrue();
        assertThat(one.read(other.write(List.of(7L, 9L)))).containsExactly(7L, 9L);
    }
}
