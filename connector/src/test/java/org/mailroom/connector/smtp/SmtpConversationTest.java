package org.mailroom.connector.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.connector.conversation.Conversation;
import org.mailroom.connector.net.TestPem;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;

/** The golden conversations under {@code conversations/smtp}; a first line {@code # listener: …} names whom they are with. */
class SmtpConversationTest {
    private static TestSmtp plain;
    private static TestSmtp trusting;
    private static TestSmtp secured;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        plain = new TestSmtp(new TestSettings()
                .listen(Protocol.SMTP, false)
                .listen(Protocol.SUBMISSION, false)
                .listen(Protocol.LMTP, false));
        trusting = new TestSmtp(new TestSettings().listen(Protocol.SMTP, false).trusted("127.0.0.0/8"));
        secured = new TestSmtp(new TestSettings()
                .listen(Protocol.SMTP, false)
                .listen(Protocol.SUBMISSION, false)
                .tls(TestPem.write(directory, "mx.example")));
    }

    @AfterAll
    static void stop() {
        plain.close();
        trusting.close();
        secured.close();
    }

    static List<String> conversations() {
        return Conversation.in("smtp");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void goes_as_written(String name) throws Exception {
        new Conversation(listener(name)).play(name);
    }

    private static InetSocketAddress listener(String name) throws IOException {
        var first = Conversation.lines(name).getFirst();
        return switch (first.startsWith("# listener: ") ? first.substring("# listener: ".length()) : "smtp") {
            case "smtp" -> plain.address(Protocol.SMTP);
            case "submission" -> plain.address(Protocol.SUBMISSION);
            case "lmtp" -> plain.address(Protocol.LMTP);
            case "trusted" -> trusting.address(Protocol.SMTP);
            case "tls-smtp" -> secured.address(Protocol.SMTP);
            case "tls-submission" -> secured.address(Protocol.SUBMISSION);
            default -> throw new IllegalArgumentException(name + ": " + first);
        };
    }
}
