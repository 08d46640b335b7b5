package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.memory.MemoryStore;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** A house that cannot take a call at the very moment: what was done stays done, and nothing is left behind. */
class HouseAwayTest {
    @TempDir
    static Path folder;

    private final MemoryStore memory = new MemoryStore();

    /** After the call of this name was carried out its answer is lost. */
    private volatile String loses = "";

    private MailStore store() {
        return (MailStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailStore.class}, (proxy, method, arguments) -> {
                    try {
                        var answer = method.invoke(memory, arguments);
                        if (method.getName().equals(loses)) {
                            throw new IllegalStateException("the house is away, for a test");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ImapFixture fixture() {
        var fixture = new ImapFixture(folder, PlaintextLogin.LOOPBACK, Duration.ofMinutes(1), store());
        memory.deliver(fixture.alice, ImapFixture.MESSAGE);
        return fixture;
    }

    private static ImapClient selected(ImapFixture fixture) throws Exception {
        var client = new ImapClient(fixture.address());
        client.login();
        client.select("INBOX");
        return client;
    }

    @Test
    void a_copy_that_was_made_is_not_refused_because_there_is_no_news() throws Exception {
        try (var fixture = fixture();
                var client = selected(fixture)) {
            loses = "view";
            assertThat(client.command("COPY 1 INBOX")).contains(" OK [COPYUID ");
            loses = "";
            assertThat(client.command("NOOP")).contains(" OK ");
            assertThat(client.messages).hasSize(2);
        }
    }

    @Test
    void an_idle_that_could_not_begin_watches_nothing() throws Exception {
        try (var fixture = fixture();
                var client = selected(fixture)) {
            loses = "watch";
            var answer = new StringBuilder();
            assertThat(client.command("IDLE", line -> answer.append(line))).contains(" NO ");
            assertThat(answer.toString()).startsWith("+ ");
            assertThat(memory.watchers()).isZero();
        }
    }
}
