package org.mailroom.connector.imap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.conversation.Conversation;
import org.mailroom.connector.net.TestPem;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** The golden conversations, each with a server and a store of its own. */
class ImapConversationsTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TestPem.write(folder, "localhost");
    }

    @TestFactory
    Stream<DynamicTest> conversations() {
        return Conversation.in("imap").stream().map(name -> DynamicTest.dynamicTest(name, () -> play(name)));
    }

    private static void play(String name) throws Exception {
        // A script says by its name that it is about clients who must not send passwords in the clear, or stay silent.
        var plaintext = name.contains("logindisabled") ? PlaintextLogin.NEVER : PlaintextLogin.LOOPBACK;
        var patience = name.contains("autologout") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
        try (var fixture = new ImapFixture(folder, plaintext, patience)) {
            fixture.conversation().play(name);
        }
    }
}
