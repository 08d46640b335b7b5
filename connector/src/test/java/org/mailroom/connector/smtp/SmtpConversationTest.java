package org.mailroom.connector.smtp;

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

/** The golden conversations under {@code conversations/smtp}. */
class SmtpConversationTest {
    private static TestSmtp plain;
    private static TestSmtp secured;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        plain = new TestSmtp();
        secured = new TestSmtp(
                new TestSettings().listen(Protocol.SUBMISSION, false).tls(TestPem.write(directory, "mx.example")));
    }

    @AfterAll
    static void stop() {
        plain.close();
        secured.close();
    }

    static List<String> conversations() {
        return Conversation.in("smtp");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void goes_as_written(String name) throws Exception {
        var address = switch (name) {
            case "smtp/starttls" -> secured.address(Protocol.SUBMISSION);
            case "smtp/submission", "smtp/login-in-one-line" -> plain.address(Protocol.SUBMISSION);
            default -> plain.address(Protocol.SMTP);
        };
        new Conversation(address).play(name);
    }
}
