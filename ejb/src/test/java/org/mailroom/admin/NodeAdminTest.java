package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;

class NodeAdminTest {
    @Test
    void nodes_are_listed_with_their_state() throws Exception {
        try (var connection = TestDatabase.fresh().getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO node (name, started, seen, sessions, sending, draining) VALUES
                        ('a.test', now(), now(), 3, 1, false), ('b.test', now(), now(), 0, 0, true),
                        ('c.test', now(), now() - interval '1 minute', 0, 0, true)""");
            assertThat(NodeAdmin.read(connection, "b.test"))
                    .extracting(NodeInfo::name, NodeInfo::state, NodeInfo::own, NodeInfo::sessions)
                    .containsExactly(
                            tuple("a.test", "serving", false, 3L),
                            tuple("b.test", "draining", true, 0L),
                            tuple("c.test", "silent", false, 0L));
        }
    }
}
