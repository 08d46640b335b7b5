package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.mailroom.FreePort;

/** The broker only wakes the queue: all that it keeps may be lost. */
class BrokerLossIT {
    private static final int MESSAGES = 500;

    private final Mailroom server = Mailroom.server();

    @Test
    void all_is_delivered_though_the_store_of_the_broker_is_gone() throws Exception {
        var sender = server.account("brokerloss");
        int port = FreePort.next();
        server.route("broker.test", port);
        Submission.many(server.port("submission"), sender, "broker.test", "broker", MESSAGES);
        assertThat(server.get("/queue?domain=broker.test&limit=1").getInt("total"))
                .isEqualTo(MESSAGES);
        server.run("stop");
        assertThat(storesDeleted()).isPositive();
        try (var sink = RemoteServer.sink(port)) {
            server.start();
            eventually(
                    "all have left",
                    Duration.ofMinutes(2),
                    () -> sink.messages().size() >= MESSAGES);
            assertThat(sink.messages()).hasSize(MESSAGES).doesNotHaveDuplicates();
        }
    }

    /** Everything but who may connect. */
    private int storesDeleted() throws IOException {
        var instance = server.home().resolve("server/domains/mailroom/imq/instances/imqbroker");
        int deleted = 0;
        try (var stores = Files.list(instance)) {
            for (var store : stores.filter(path -> path.getFileName().toString().startsWith("fs"))
                    .toList()) {
                delete(store);
                deleted++;
            }
        }
        return deleted;
    }

    private static void delete(Path store) throws IOException {
        try (var files = Files.walk(store)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
